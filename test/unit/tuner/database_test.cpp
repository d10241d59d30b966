// The tuning database: records, several processes at once, a process that is killed while it
// writes.
#include "compiler/tuner/database.h"
#include "compiler/tuner/tuner.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace dlc;

namespace {

/// A file name in a folder of its own, which goes with the test.
struct DatabaseFile {
  std::string folder, path;
  DatabaseFile() {
    char name[] = "/tmp/dlc-tuning-XXXXXX";
    folder = mkdtemp(name);
    path = folder + "/tuning.db";
  }
  ~DatabaseFile() {
    for (const char *end : {"", "-wal", "-shm", ".json"})
      unlink((path + end).c_str());
    rmdir(folder.c_str());
  }
  std::unique_ptr<TuningDatabase> open(TuningDatabase::Mode mode = TuningDatabase::Mode::Write) {
    std::string error;
    auto database = TuningDatabase::open(path, mode, error);
    EXPECT_TRUE(database) << error;
    return database;
  }
};

TrialRecord trial(const std::string &kernel, int number) {
  TrialRecord t;
  t.kernel = kernel;
  t.processor = "p";
  t.schedule = "#kernel.schedule<halide, elementwise, lanes = " + std::to_string(number) + ">";
  t.status = "ok";
  t.ns = number;
  t.defaultNs = 100;
  t.strategy = "random";
  return t;
}

BestRecord best(const std::string &kernel, double ns) {
  BestRecord b;
  b.kernel = kernel;
  b.processor = "p";
  b.schedule = "#kernel.schedule<halide, elementwise>";
  b.ns = ns;
  b.defaultNs = 100;
  b.label = "elementwise 4";
  b.origin = "test";
  return b;
}

size_t countTrials(TuningDatabase &database) {
  std::vector<TrialRecord> all;
  EXPECT_TRUE(database.allTrials(all));
  return all.size();
}

} // namespace

TEST(TuningDatabase, KeepsRecords) {
  DatabaseFile file;
  {
    auto database = file.open();
    ASSERT_TRUE(database->addTrial(trial("a", 1)));
    ASSERT_TRUE(database->addTrial(trial("b", 2)));
    ASSERT_TRUE(database->setBest(best("a", 50)));
    ASSERT_TRUE(database->setBest(best("a", 40)));
    ASSERT_TRUE(database->setBest(best("b", 30)));
    ASSERT_TRUE(database->removeBest("b", "p"));
  }
  auto database = file.open(TuningDatabase::Mode::Read);
  std::vector<TrialRecord> trials;
  ASSERT_TRUE(database->trials("a", "p", trials));
  ASSERT_EQ(trials.size(), 1u);
  EXPECT_EQ(trials[0].schedule, trial("a", 1).schedule);
  EXPECT_GT(trials[0].time, 0);
  auto record = database->best("a", "p");
  ASSERT_TRUE(record);
  EXPECT_EQ(record->ns, 40);
  EXPECT_EQ(record->label, "elementwise 4");
  EXPECT_FALSE(database->best("a", "another processor"));
  EXPECT_FALSE(database->best("b", "p"));
}

TEST(TuningDatabase, RefusesOtherFiles) {
  DatabaseFile file;
  std::string error;
  EXPECT_FALSE(TuningDatabase::open(file.path, TuningDatabase::Mode::Read, error));
  EXPECT_NE(error.find("unable to open"), std::string::npos) << error;
  std::ofstream(file.path)
      << "this is a text, and a long one: longer than a header is.............."
         "..........................................................";
  EXPECT_FALSE(TuningDatabase::open(file.path, TuningDatabase::Mode::Read, error));
  EXPECT_FALSE(TuningDatabase::open(file.path, TuningDatabase::Mode::Write, error));
  EXPECT_NE(error.find("not a database"), std::string::npos) << error;
}

TEST(TuningDatabase, TwoProcessesWriteAtOnce) {
  DatabaseFile file;
  constexpr int count = 300;
  std::vector<pid_t> children;
  for (int process = 0; process < 3; ++process) {
    pid_t pid = fork();
    if (pid == 0) {
      std::string error;
      auto database = TuningDatabase::open(file.path, TuningDatabase::Mode::Write, error);
      bool good = database != nullptr;
      for (int i = 0; good && i < count; ++i)
        good = database->addTrial(trial("unit" + std::to_string(process), i)) &&
               database->setBest(best("shared", i));
      _exit(good ? 0 : 1);
    }
    children.push_back(pid);
  }
  for (pid_t pid : children) {
    int status = 0;
    waitpid(pid, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(countTrials(*file.open()), size_t(3 * count));
}

TEST(TuningDatabase, AKilledWriterLosesAtMostOneRecord) {
  DatabaseFile file;
  for (int round = 0; round < 5; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
      std::string error;
      auto database = TuningDatabase::open(file.path, TuningDatabase::Mode::Write, error);
      for (int i = 0; database && database->addTrial(trial("unit" + std::to_string(round), i)); ++i)
        (void)!write(ends[1], "x", 1); // one byte after each record that is there
      _exit(1);
    }
    close(ends[1]);
    char byte;
    ASSERT_EQ(read(ends[0], &byte, 1), 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(20 + 7 * round));
    kill(pid, SIGKILL);
    int status = 0;
    waitpid(pid, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    size_t told = 1;
    while (read(ends[0], &byte, 1) == 1)
      ++told;
    close(ends[0]);
    auto database = file.open();
    std::vector<TrialRecord> kept;
    ASSERT_TRUE(database->trials("unit" + std::to_string(round), "p", kept));
    EXPECT_GE(kept.size(), told);
    EXPECT_LE(kept.size(), told + 1);
    for (size_t i = 0; i < kept.size(); ++i)
      EXPECT_EQ(kept[i].ns, double(i));
    EXPECT_TRUE(database->addTrial(trial("after", 1)));
  }
}

TEST(TuningDatabase, TravelsAsJson) {
  DatabaseFile one, two;
  std::string error, summary, json = one.path + ".json";
  auto from = one.open(), to = two.open();
  ASSERT_TRUE(from->addTrial(trial("a", 1)));
  ASSERT_TRUE(from->setBest(best("a", 50)));
  ASSERT_TRUE(from->setBest(best("b", 90)));
  ASSERT_TRUE(to->setBest(best("b", 60)));
  ASSERT_TRUE(exportDatabase(*from, json, error)) << error;
  ASSERT_TRUE(importDatabase(*to, json, error, summary)) << error;
  EXPECT_EQ(summary, "imported 1 schedules and 1 trials");
  EXPECT_EQ(to->best("a", "p")->ns, 50);
  EXPECT_EQ(to->best("b", "p")->ns, 60); // the better one stays
  // Nothing is there twice.
  ASSERT_TRUE(importDatabase(*to, json, error, summary)) << error;
  EXPECT_EQ(summary, "imported 0 schedules and 0 trials");

  std::ofstream(json) << R"({"format": "dlc-tuning", "version": 1, "best": [{"kernel": 3}]})";
  EXPECT_FALSE(importDatabase(*to, json, error, summary));
  EXPECT_NE(error.find("entry 0 of 'best' is not complete"), std::string::npos) << error;
  std::ofstream(json) << "[]";
  EXPECT_FALSE(importDatabase(*to, json, error, summary));
}

TEST(Tuner, Durations) {
  EXPECT_EQ(parseDuration("90s"), 90);
  EXPECT_EQ(parseDuration("10m"), 600);
  EXPECT_EQ(parseDuration("1h30m"), 5400);
  EXPECT_EQ(parseDuration("2.5"), 2.5);
  EXPECT_EQ(parseDuration("soon"), 0);
  EXPECT_EQ(parseDuration("5x"), 0);
}
