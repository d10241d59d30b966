#include "compiler/driver/weights_block.h"
#include "compiler/driver/weights_section.h"

#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Object/ObjectFile.h"

#include <cstring>
#include <gtest/gtest.h>

using namespace dlc;
using llvm::StringRef;

namespace {

/// The stub's file with weights put in.
std::string withWeights(StringRef weights) {
  std::string file = weightsStub(weights.size(), "x86_64-unknown-linux-gnu"), error;
  WeightsGap gap;
  if (!openWeightsGap(file, weights.size(), gap, error)) {
    ADD_FAILURE() << error;
    return "";
  }
  EXPECT_EQ(gap.offset % 4096, 0u);
  file.insert(gap.offset, weights.str() + std::string(gap.padding, '\0'));
  return file;
}

TEST(WeightsSection, HoldsTheBytesOfItsSymbol) {
  const std::string weights(5001, 7);
  std::string file = withWeights(weights);
  auto object = llvm::object::ObjectFile::createObjectFile(llvm::MemoryBufferRef(file, "weights"));
  ASSERT_TRUE(static_cast<bool>(object));
  std::vector<std::string> names;
  for (const llvm::object::SymbolRef &symbol : (*object)->symbols()) {
    auto name = symbol.getName();
    ASSERT_TRUE(static_cast<bool>(name));
    names.push_back(name->str());
    auto section = symbol.getSection();
    ASSERT_TRUE(static_cast<bool>(section));
    if (*name != kWeightsSymbol)
      continue;
    auto contents = (*section)->getContents();
    ASSERT_TRUE(static_cast<bool>(contents));
    EXPECT_EQ(*contents, StringRef(weights));
    EXPECT_EQ((*section)->getAlignment().value(), 4096u);
  }
  EXPECT_EQ(names, (std::vector<std::string>{kWeightsSymbol.str(), kWeightsAnchor.str()}));
}

TEST(WeightsSection, FilesWithoutItAreErrors) {
  WeightsGap gap;
  std::string error, file = weightsStub(100, "x86_64-unknown-linux-gnu");
  EXPECT_FALSE(openWeightsGap(file, 101, gap, error)); // of another size
  EXPECT_NE(error, "");
  for (std::string text : {std::string(), std::string("ELF"), std::string(200, '\0')})
    EXPECT_FALSE(openWeightsGap(text, 100, gap, error));
  std::string cut = file.substr(0, file.size() - 1);
  EXPECT_FALSE(openWeightsGap(cut, 100, gap, error));
}

TEST(WeightsBlock, BeginsOnAPage) {
  std::string error;
  for (auto place : {WeightsBlock::Place::Memory, WeightsBlock::Place::Sidecar}) {
    auto block = WeightsBlock::create(place, 5001, "", error);
    ASSERT_TRUE(block) << error;
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block->data()) % 4096, 0u);
    EXPECT_EQ(block->data()[5000], 0);
    std::memset(block->data(), 7, 5001);
  }
}

TEST(WeightsBlock, NoWeightsNoBlock) {
  std::string error;
  for (auto place : {WeightsBlock::Place::Memory, WeightsBlock::Place::Sidecar}) {
    auto block = WeightsBlock::create(place, 0, "", error);
    ASSERT_TRUE(block);
    EXPECT_EQ(block->size(), 0u);
  }
}

TEST(WeightsBlock, AbsurdSizesAreErrors) {
  std::string error;
  EXPECT_FALSE(WeightsBlock::create(WeightsBlock::Place::Memory, uint64_t(1) << 50, "", error));
  EXPECT_NE(error, "");
}

} // namespace
