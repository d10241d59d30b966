// Random graphs of additions, maxima, concatenations and slices, computed exactly, against a plain
// evaluation: whatever forward-copies, in-place kernels and the arena do, the numbers must not
// change.
#include "harness.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <random>
#include <sstream>

using namespace dlc;

namespace {
struct Graph {
  std::ostringstream text;
  struct Node {
    std::string name;
    int64_t columns;
    std::vector<float> values;
  };
  std::vector<Node> nodes;
  int64_t rows;
  std::mt19937 random;

  Graph(unsigned seed, int64_t rows) : rows(rows), random(seed) {}
  int pick(int below) { return int(random() % unsigned(below)); }
  static std::string type(int64_t columns) {
    return "tensor<?x" + std::to_string(columns) + "xf32>";
  }
  Node &add(int64_t columns) {
    Node &node = nodes.emplace_back();
    node.name = "%v" + std::to_string(nodes.size());
    node.columns = columns;
    node.values.resize(size_t(rows * columns));
    return node;
  }

  /// name = function(a, b) by rows and columns.
  template <typename Function> void elementwise(const char *op, Function function) {
    Node a = nodes[size_t(pick(int(nodes.size())))];
    std::vector<Node> same;
    for (const Node &node : nodes)
      if (node.columns == a.columns)
        same.push_back(node);
    Node b = same[size_t(pick(int(same.size())))];
    Node &result = add(a.columns);
    for (size_t i = 0; i < result.values.size(); ++i)
      result.values[i] = function(a.values[i], b.values[i]);
    std::string t = type(a.columns);
    text << "  " << result.name << "e = tensor.empty(%n) : " << t << "\n  " << result.name
         << " = linalg." << op << " ins(" << a.name << ", " << b.name << " : " << t << ", " << t
         << ") outs(" << result.name << "e : " << t << ") -> " << t << "\n";
  }

  void concat() {
    int count = 2 + pick(2);
    std::vector<Node> parts;
    int64_t columns = 0;
    for (int i = 0; i < count; ++i) {
      parts.push_back(nodes[size_t(pick(int(nodes.size())))]);
      columns += parts.back().columns;
    }
    if (columns > 12)
      return;
    Node &result = add(columns);
    int64_t at = 0;
    std::string names, types;
    for (const Node &part : parts) {
      for (int64_t row = 0; row < rows; ++row)
        for (int64_t k = 0; k < part.columns; ++k)
          result.values[size_t(row * columns + at + k)] =
              part.values[size_t(row * part.columns + k)];
      at += part.columns;
      names += (names.empty() ? "" : ", ") + part.name;
      types += (types.empty() ? "" : ", ") + type(part.columns);
    }
    text << "  " << result.name << " = tensor.concat dim(1) " << names << " : (" << types << ") -> "
         << type(columns) << "\n";
  }

  void slice() {
    Node from = nodes[size_t(pick(int(nodes.size())))];
    int64_t columns = 1 + pick(int(from.columns)), at = pick(int(from.columns - columns + 1));
    Node &result = add(columns);
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t k = 0; k < columns; ++k)
        result.values[size_t(row * columns + k)] = from.values[size_t(row * from.columns + at + k)];
    text << "  " << result.name << " = tensor.extract_slice " << from.name << "[0, " << at
         << "] [%n, " << columns << "] [1, 1] : " << type(from.columns) << " to " << type(columns)
         << "\n";
  }
};
} // namespace

TEST(Random, GraphsKeepTheirValues) {
  for (unsigned seed = 0; seed < 24; ++seed) {
    int64_t rows = 1 + seed % 4;
    Graph graph(seed, rows);
    std::vector<TestTensor> inputs;
    for (int64_t columns : {3, 4}) {
      Graph::Node &node = graph.add(columns);
      for (float &value : node.values)
        value = float(graph.pick(19) - 9);
      inputs.push_back(TestTensor::f32({rows, columns}, node.values));
    }
    for (int i = 0; i < 28; ++i)
      switch (graph.pick(5)) {
      case 0:
        graph.elementwise("add", [](float a, float b) { return a + b; });
        break;
      case 1:
        graph.elementwise("sub", [](float a, float b) { return a - b; });
        break;
      case 2:
        graph.elementwise("max", [](float a, float b) { return std::max(a, b); });
        break;
      case 3:
        graph.concat();
        break;
      default:
        graph.slice();
      }
    std::vector<Graph::Node> outputs = {graph.nodes.back(), graph.nodes[graph.nodes.size() / 2],
                                        graph.nodes[graph.nodes.size() - 3], graph.nodes.back()};
    std::ostringstream program;
    program << "func.func @main(%v1: tensor<?x3xf32> {dlc.name = \"a\", dlc.dtype = \"f32\", "
               "dlc.dims = [\"N\"]}, %v2: tensor<?x4xf32> {dlc.name = \"b\", dlc.dtype = \"f32\", "
               "dlc.dims = [\"N\"]}, %n: index {dlc.symbol = \"N\"}) -> (";
    std::string names, types, plan;
    for (size_t i = 0; i < outputs.size(); ++i) {
      const char *comma = i ? ", " : "";
      program << comma << Graph::type(outputs[i].columns) << " {dlc.name = \"o" << i
              << "\", dlc.dtype = \"f32\", dlc.dims = [\"N\"]}";
      names += comma + outputs[i].name;
      types += comma + Graph::type(outputs[i].columns);
      plan += comma + std::string("%n, %c") + std::to_string(outputs[i].columns);
    }
    program << ") {\n"
            << graph.text.str() << "  return " << names << " : " << types << "\n}\n"
            << "func.func @plan(%n: index) -> (index, index, index, index, index, index, index, "
               "index) {\n";
    for (int c = 1; c <= 12; ++c)
      program << "  %c" << c << " = arith.constant " << c << " : index\n";
    program << "  return " << plan
            << " : index, index, index, index, index, index, index, index\n}\n";

    for (bool outline : {true, false}) {
      std::string error;
      CompileChoice choice;
      choice.outline = outline;
      auto model = TestModel::compile(program.str(), {}, error, choice);
      ASSERT_TRUE(model) << error << program.str();
      for (int poison : {0xff, 0x41}) {
        std::vector<TestTensor> out = model->run(inputs, poison);
        ASSERT_EQ(model->status(), 0) << model->error();
        for (size_t i = 0; i < outputs.size(); ++i)
          ASSERT_EQ(out[i].floats(), outputs[i].values)
              << "output " << i << " of seed " << seed << (outline ? "" : " (no kernels)") << "\n"
              << program.str() << model->planned();
      }
    }
  }
}
