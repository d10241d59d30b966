#include "compiler/driver/object_cache.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"

#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <thread>

using namespace dlc;

namespace {

class Cache : public ::testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("object-cache", folder));
  }
  void TearDown() override { (void)llvm::sys::fs::remove_directories(folder); }
  static KernelObject object(size_t size, char fill) {
    return {{std::string(size, fill), "second"}};
  }
  llvm::SmallString<128> folder;
};

TEST_F(Cache, FindsWhatWasStored) {
  ObjectCache cache(folder, 1 << 20);
  EXPECT_FALSE(cache.lookup("a"));
  cache.store("a", object(1000, 'x'));
  auto found = cache.lookup("a");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->objects, object(1000, 'x').objects);
}

TEST_F(Cache, DamagedEntriesAreNoEntries) {
  ObjectCache cache(folder, 1 << 20);
  std::string path = (folder + "/a.o").str();
  for (int damage = 0; damage < 3; ++damage) {
    cache.store("a", object(1000, 'x'));
    std::string bytes;
    {
      std::ifstream in(path, std::ios::binary);
      bytes.assign(std::istreambuf_iterator<char>(in), {});
    }
    if (damage == 0)
      bytes.resize(bytes.size() / 2);
    else if (damage == 1)
      bytes[bytes.size() / 2] ^= 1;
    else
      bytes.clear();
    std::ofstream(path, std::ios::binary) << bytes;
    EXPECT_FALSE(cache.lookup("a"));
    EXPECT_FALSE(llvm::sys::fs::exists(path)) << "a damaged entry goes";
  }
}

TEST_F(Cache, StaysBelowItsLimitAndKeepsTheNewest) {
  ObjectCache cache(folder, 100000);
  for (int i = 0; i < 20; ++i) {
    std::string key = "k" + std::to_string(i);
    cache.store(key, object(10000, 'x'));
    // Older by the minute, so that the order is plain.
    struct timespec times[2] = {{1000000 + i * 60, 0}, {1000000 + i * 60, 0}};
    utimensat(AT_FDCWD, (folder + "/" + key + ".o").str().c_str(), times, 0);
  }
  cache.trim();
  EXPECT_FALSE(cache.lookup("k0"));
  EXPECT_TRUE(cache.lookup("k19"));
  uint64_t total = 0;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator it(folder, error), end; it != end && !error;
       it.increment(error)) {
    uint64_t size = 0;
    (void)llvm::sys::fs::file_size(it->path(), size);
    total += size;
  }
  EXPECT_LE(total, 100000u);
}

TEST_F(Cache, WritersMayRace) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      ObjectCache cache(folder, 1 << 20);
      for (int i = 0; i < 50; ++i) {
        cache.store("a", object(5000, 'x'));
        auto found = cache.lookup("a");
        EXPECT_TRUE(!found || found->objects == object(5000, 'x').objects);
      }
    });
  for (std::thread &thread : threads)
    thread.join();
}

TEST_F(Cache, AFolderThatCannotBeIsNoError) {
  ObjectCache cache("/proc/no/such/folder", 1000);
  cache.store("a", object(10, 'x'));
  EXPECT_FALSE(cache.lookup("a"));
}

} // namespace
