// See database.h. Write-ahead logging: readers never wait for a writer; writers wait for each
// other.
#include "compiler/tuner/database.h"

#include <sqlite3.h>

#include <ctime>

using namespace dlc;
using llvm::StringRef;

static constexpr int kWaitMilliseconds = 20000;

static constexpr const char *kSchema = R"(
CREATE TABLE IF NOT EXISTS trials (
  id INTEGER PRIMARY KEY, kernel TEXT NOT NULL, processor TEXT NOT NULL,
  schedule TEXT NOT NULL, status TEXT NOT NULL, ns REAL NOT NULL, default_ns REAL NOT NULL,
  strategy TEXT NOT NULL, message TEXT NOT NULL, time INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS trials_of_kernel ON trials (kernel, processor);
CREATE TABLE IF NOT EXISTS best (
  kernel TEXT NOT NULL, processor TEXT NOT NULL, schedule TEXT NOT NULL, ns REAL NOT NULL,
  default_ns REAL NOT NULL, label TEXT NOT NULL, origin TEXT NOT NULL, time INTEGER NOT NULL,
  PRIMARY KEY (kernel, processor));
)";
/// PRAGMA application_id and user_version: whose file it is, and of which layout.
static constexpr int kApplication = 0x646c6374, kVersion = 2; // "dlct"

/// A prepared statement; values are bound and read in order.
struct TuningDatabase::Statement {
  sqlite3_stmt *statement = nullptr;
  int bound = 0, column = 0, code;

  Statement(void *handle, const char *sql)
      : code(sqlite3_prepare_v2(static_cast<sqlite3 *>(handle), sql, -1, &statement, nullptr)) {}
  ~Statement() { sqlite3_finalize(statement); }
  Statement &operator<<(StringRef text) {
    if (code == SQLITE_OK)
      code = sqlite3_bind_text(statement, ++bound, text.data() ? text.data() : "",
                               static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
  }
  Statement &operator<<(double value) {
    if (code == SQLITE_OK)
      code = sqlite3_bind_double(statement, ++bound, value);
    return *this;
  }
  Statement &operator<<(int64_t value) {
    if (code == SQLITE_OK)
      code = sqlite3_bind_int64(statement, ++bound, value);
    return *this;
  }
  /// One more row.
  bool next() {
    column = 0;
    if (code == SQLITE_OK || code == SQLITE_ROW)
      code = sqlite3_step(statement);
    return code == SQLITE_ROW;
  }
  bool done() {
    next();
    return code == SQLITE_DONE;
  }
  Statement &operator>>(std::string &text) {
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(statement, column));
    text.assign(bytes ? bytes : "",
                static_cast<size_t>(bytes ? sqlite3_column_bytes(statement, column) : 0));
    ++column;
    return *this;
  }
  Statement &operator>>(double &value) {
    value = sqlite3_column_double(statement, column++);
    return *this;
  }
  Statement &operator>>(int64_t &value) {
    value = sqlite3_column_int64(statement, column++);
    return *this;
  }
};

bool TuningDatabase::fail() {
  message = sqlite3_errmsg(static_cast<sqlite3 *>(handle));
  return false;
}

bool TuningDatabase::execute(const char *sql) {
  return sqlite3_exec(static_cast<sqlite3 *>(handle), sql, nullptr, nullptr, nullptr) ==
             SQLITE_OK ||
         fail();
}

static int64_t pragma(sqlite3 *handle, const char *sql) {
  sqlite3_stmt *statement = nullptr;
  int64_t value = -1;
  if (sqlite3_prepare_v2(handle, sql, -1, &statement, nullptr) == SQLITE_OK &&
      sqlite3_step(statement) == SQLITE_ROW)
    value = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return value;
}

/// A file: URI for `path`, which SQLite then takes as it is.
static std::string immutableUri(StringRef path) {
  std::string uri = "file:";
  for (char c : path) {
    if (c == '?' || c == '#' || c == '%') {
      char escaped[4];
      snprintf(escaped, sizeof(escaped), "%%%02x", static_cast<unsigned char>(c));
      uri += escaped;
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

std::unique_ptr<TuningDatabase> TuningDatabase::open(StringRef path, Mode mode,
                                                     std::string &error) {
  auto connect = [&](const std::string &name, int flags) {
    sqlite3 *handle = nullptr;
    int code = sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    std::unique_ptr<TuningDatabase> result(new TuningDatabase(handle));
    if (code != SQLITE_OK) {
      error = path.str() + ": " + (handle ? sqlite3_errmsg(handle) : "out of memory");
      return std::unique_ptr<TuningDatabase>();
    }
    sqlite3_busy_timeout(handle, kWaitMilliseconds);
    return result;
  };
  // In mode Read nothing is made; a file on a read-only disk has no place for the log, and is read
  // as it is.
  int flags =
      mode == Mode::Write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
  std::unique_ptr<TuningDatabase> result = connect(path.str(), flags);
  if (!result)
    return nullptr;
  auto raw = [&] { return static_cast<sqlite3 *>(result->handle); };
  if (mode == Mode::Read && pragma(raw(), "SELECT count(*) FROM sqlite_master") < 0 &&
      sqlite3_errcode(raw()) != SQLITE_NOTADB) {
    result = connect(immutableUri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    if (!result)
      return nullptr;
  }
  if (mode == Mode::Write) {
    // SQLite does not wait for others that change the journal's mode at the same time.
    auto keepsLog = [&] {
      constexpr int kPause = 10;
      for (int waited = 0; !result->execute("PRAGMA journal_mode=WAL"); waited += kPause) {
        if ((sqlite3_errcode(raw()) & 0xff) != SQLITE_BUSY || waited >= kWaitMilliseconds)
          return false;
        sqlite3_sleep(kPause);
      }
      return true;
    };
    // The first process makes the tables; the others wait for it.
    bool made = keepsLog() && result->execute("PRAGMA synchronous=NORMAL") &&
                result->execute("BEGIN IMMEDIATE");
    bool fresh = made && pragma(raw(), "SELECT count(*) FROM sqlite_master") == 0;
    if (fresh)
      made = result->execute(kSchema) &&
             result->execute(("PRAGMA application_id=" + std::to_string(kApplication)).c_str()) &&
             result->execute(("PRAGMA user_version=" + std::to_string(kVersion)).c_str());
    if (!made || !result->execute("COMMIT")) {
      error = path.str() + ": " + result->message;
      return nullptr;
    }
  }
  int64_t application = pragma(raw(), "PRAGMA application_id");
  if (application != kApplication) {
    error = path.str() + ": " +
            (application < 0 ? sqlite3_errmsg(raw()) : "this is no tuning database of dlc");
    return nullptr;
  }
  if (int64_t version = pragma(raw(), "PRAGMA user_version"); version != kVersion) {
    error = path.str() + ": the database has layout " + std::to_string(version) +
            ", this dlc reads layout " + std::to_string(kVersion);
    return nullptr;
  }
  return result;
}

TuningDatabase::~TuningDatabase() { sqlite3_close(static_cast<sqlite3 *>(handle)); }

static int64_t timeOr(int64_t time) {
  return time ? time : static_cast<int64_t>(std::time(nullptr));
}

bool TuningDatabase::addTrial(const TrialRecord &t) {
  Statement s(handle, "INSERT INTO trials (kernel, processor, schedule, status, ns, "
                      "default_ns, strategy, message, time) VALUES (?,?,?,?,?,?,?,?,?)");
  s << t.kernel << t.processor << t.schedule << t.status << t.ns << t.defaultNs << t.strategy
    << t.message << timeOr(t.time);
  return s.done() || fail();
}

bool TuningDatabase::trials(StringRef kernel, StringRef processor,
                            std::vector<TrialRecord> &result) {
  Statement s(handle,
              kernel.empty()
                  ? "SELECT kernel, processor, schedule, status, ns, default_ns, strategy, "
                    "message, time FROM trials ORDER BY id"
                  : "SELECT kernel, processor, schedule, status, ns, default_ns, strategy, "
                    "message, time FROM trials WHERE kernel = ? AND processor = ? ORDER BY id");
  if (!kernel.empty())
    s << kernel << processor;
  while (s.next()) {
    TrialRecord t;
    s >> t.kernel >> t.processor >> t.schedule >> t.status >> t.ns >> t.defaultNs >> t.strategy >>
        t.message >> t.time;
    result.push_back(std::move(t));
  }
  return s.code == SQLITE_DONE || fail();
}

bool TuningDatabase::setBest(const BestRecord &b) {
  Statement s(handle, "INSERT INTO best (kernel, processor, schedule, ns, default_ns, label, "
                      "origin, time) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (kernel, processor) DO "
                      "UPDATE SET schedule = excluded.schedule, ns = excluded.ns, default_ns = "
                      "excluded.default_ns, label = excluded.label, origin = excluded.origin, "
                      "time = excluded.time");
  s << b.kernel << b.processor << b.schedule << b.ns << b.defaultNs << b.label << b.origin
    << timeOr(b.time);
  return s.done() || fail();
}

bool TuningDatabase::removeBest(StringRef kernel, StringRef processor) {
  Statement s(handle, "DELETE FROM best WHERE kernel = ? AND processor = ?");
  s << kernel << processor;
  return s.done() || fail();
}

std::optional<BestRecord> TuningDatabase::best(StringRef kernel, StringRef processor) {
  message.clear();
  Statement s(handle, "SELECT kernel, processor, schedule, ns, default_ns, label, origin, time "
                      "FROM best WHERE kernel = ? AND processor = ?");
  s << kernel << processor;
  if (!s.next()) {
    if (s.code != SQLITE_DONE)
      fail();
    return std::nullopt;
  }
  BestRecord b;
  s >> b.kernel >> b.processor >> b.schedule >> b.ns >> b.defaultNs >> b.label >> b.origin >>
      b.time;
  return b;
}

bool TuningDatabase::allBest(std::vector<BestRecord> &result) {
  Statement s(handle, "SELECT kernel, processor, schedule, ns, default_ns, label, origin, time "
                      "FROM best ORDER BY kernel, processor");
  while (s.next()) {
    BestRecord b;
    s >> b.kernel >> b.processor >> b.schedule >> b.ns >> b.defaultNs >> b.label >> b.origin >>
        b.time;
    result.push_back(std::move(b));
  }
  return s.code == SQLITE_DONE || fail();
}

bool TuningDatabase::begin() { return execute("BEGIN IMMEDIATE"); }
bool TuningDatabase::commit() { return execute("COMMIT"); }
