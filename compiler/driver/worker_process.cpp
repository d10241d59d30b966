// Messages are eight bytes of length, then the bytes. The socket is descriptor 3 in the child.
#include "compiler/driver/worker_process.h"

#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

using namespace dlc;
using llvm::StringRef;

static constexpr int kChildSocket = 3;
static constexpr uint64_t kLargestMessage = uint64_t(1) << 31;

static bool sendAll(int fd, StringRef bytes) {
  while (!bytes.empty()) {
    ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return false;
    bytes = bytes.drop_front(static_cast<size_t>(n));
  }
  return true;
}

static bool sendMessage(int fd, StringRef message) {
  char length[8];
  llvm::support::endian::write64le(length, message.size());
  return sendAll(fd, StringRef(length, 8)) && sendAll(fd, message);
}

static std::string describeEnd(int status) {
  if (WIFSIGNALED(status))
    return std::string("ended by signal ") + strsignal(WTERMSIG(status));
  return "exit code " + std::to_string(WEXITSTATUS(status));
}

double dlc::now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

bool WorkerProcess::start(const std::vector<std::string> &arguments) {
  stop();
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    return false;
  errors = memfd_create("dlc-worker-errors", MFD_CLOEXEC);
  std::string self = llvm::sys::fs::getMainExecutable(nullptr, nullptr);
  std::vector<std::string> all = {self};
  all.insert(all.end(), arguments.begin(), arguments.end());
  std::vector<char *> argv;
  for (std::string &a : all)
    argv.push_back(a.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0);
  posix_spawn_file_actions_adddup2(&actions, 0, 1);
  if (errors >= 0)
    posix_spawn_file_actions_adddup2(&actions, errors, 2);
  // (posix_spawn's dup2 onto the same number clears close-on-exec.)
  posix_spawn_file_actions_adddup2(&actions, pair[1], kChildSocket);
  int code = posix_spawn(&pid, self.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(pair[1]);
  fd = pair[0];
  if (code != 0) {
    pid = -1;
    stop();
    return false;
  }
  return true;
}

bool WorkerProcess::send(StringRef message) { return fd >= 0 && sendMessage(fd, message); }

WorkerProcess::State WorkerProcess::receive(std::string &answer) {
  char chunk[65536];
  ssize_t n = recv(fd, chunk, sizeof(chunk), 0);
  if (n < 0 && errno == EINTR)
    return State::Waiting;
  if (n <= 0)
    return State::Dead;
  buffer.append(chunk, static_cast<size_t>(n));
  if (buffer.size() < 8)
    return State::Waiting;
  uint64_t length = llvm::support::endian::read64le(buffer.data());
  if (length > kLargestMessage)
    return State::Dead;
  if (buffer.size() - 8 < length)
    return State::Waiting;
  answer = buffer.substr(8, length);
  buffer.clear(); // one answer to one message
  return State::Answered;
}

std::string WorkerProcess::stop() {
  std::string how;
  if (fd >= 0)
    close(fd);
  if (pid > 0) {
    // A worker that is still well ends by itself when its socket closes; the others are killed.
    int status = 0;
    pid_t ended = waitpid(pid, &status, WNOHANG);
    if (ended == 0) {
      kill(pid, SIGKILL);
      while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
      }
    }
    how = describeEnd(status);
  }
  if (errors >= 0) {
    off_t size = lseek(errors, 0, SEEK_END);
    char tail[2048];
    ssize_t n = pread(errors, tail, sizeof(tail),
                      std::max<off_t>(0, size - static_cast<off_t>(sizeof(tail))));
    StringRef text = StringRef(tail, n > 0 ? static_cast<size_t>(n) : 0).trim();
    if (!text.empty())
      how += ": " + text.str();
    close(errors);
  }
  pid = fd = errors = -1;
  buffer.clear();
  return how;
}

void dlc::serveMessages(std::string (*answer)(StringRef message)) {
  std::string message;
  auto read = [](char *to, size_t size) {
    while (size) {
      ssize_t n = recv(kChildSocket, to, size, 0);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return false;
      to += n;
      size -= static_cast<size_t>(n);
    }
    return true;
  };
  char length[8];
  while (read(length, sizeof(length))) {
    uint64_t size = llvm::support::endian::read64le(length);
    if (size > kLargestMessage)
      break;
    message.resize(size);
    if (!read(message.data(), size) || !sendMessage(kChildSocket, answer(message)))
      break;
  }
  // No destructors: the parent does not wait for them.
  _exit(0);
}
