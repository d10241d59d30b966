#include "compiler/driver/weights_block.h"

#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/MemoryBuffer.h"

#include <cstring>
#include <gtest/gtest.h>

using namespace dlc;

namespace {

TEST(WeightsBlock, IsAnObjectWithOneSymbol) {
  std::string error;
  auto block = WeightsBlock::create(WeightsBlock::Place::Object, 5001, "", "x86_64-unknown-linux-gnu", error);
  ASSERT_TRUE(block) << error;
  EXPECT_EQ(reinterpret_cast<uintptr_t>(block->data()) % 4096, 0u);
  std::memset(block->data(), 7, 5001);
  auto buffer = llvm::MemoryBuffer::getFile(block->linkerPath());
  ASSERT_TRUE(static_cast<bool>(buffer));
  auto object = llvm::object::ObjectFile::createObjectFile((*buffer)->getMemBufferRef());
  ASSERT_TRUE(static_cast<bool>(object));
  int symbols = 0;
  for (const llvm::object::SymbolRef &symbol : (*object)->symbols()) {
    auto name = symbol.getName();
    ASSERT_TRUE(static_cast<bool>(name));
    EXPECT_EQ(*name, kWeightsSymbol);
    auto section = symbol.getSection();
    ASSERT_TRUE(static_cast<bool>(section));
    auto contents = (*section)->getContents();
    ASSERT_TRUE(static_cast<bool>(contents));
    EXPECT_EQ(*contents, llvm::StringRef(std::string(5001, 7)));
    EXPECT_EQ((*section)->getAlignment().value(), 4096u);
    ++symbols;
  }
  EXPECT_EQ(symbols, 1);
}

TEST(WeightsBlock, NoWeightsNoBlock) {
  std::string error;
  for (auto place : {WeightsBlock::Place::Memory, WeightsBlock::Place::Object, WeightsBlock::Place::Sidecar}) {
    auto block = WeightsBlock::create(place, 0, "", "", error);
    ASSERT_TRUE(block);
    EXPECT_EQ(block->size(), 0u);
  }
}

TEST(WeightsBlock, AbsurdSizesAreErrors) {
  std::string error;
  EXPECT_FALSE(WeightsBlock::create(WeightsBlock::Place::Memory, uint64_t(1) << 50, "", "", error));
  EXPECT_NE(error, "");
}

} // namespace
