// Does this processor have what the model was compiled for? Only instructions that compiled code
// contains matter: names that concern tuning or system instructions are accepted unseen.
#include "internal.h"
#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__)
#include <sys/auxv.h>
#endif

using namespace dlc::rt;

namespace {

[[maybe_unused]] bool equals(const char *text, size_t length, const char *name) {
  return strlen(name) == length && !memcmp(text, name, length);
}

#if defined(__x86_64__)

enum Register : uint8_t { EAX, EBX, ECX, EDX };
// What the system must save for the feature's registers: bits of XCR0.
enum State : uint32_t { None = 0, Ymm = 0x6, Zmm = 0xe6, Tiles = 0x60000, Extended = 0x80000 };

struct Feature {
  const char *name;
  uint32_t leaf, subleaf;
  Register reg;
  uint8_t bit;
  State state;
};

constexpr Feature features[] = {
    {"cmov", 1, 0, EDX, 15, None},
    {"mmx", 1, 0, EDX, 23, None},
    {"sse", 1, 0, EDX, 25, None},
    {"sse2", 1, 0, EDX, 26, None},
    {"sse3", 1, 0, ECX, 0, None},
    {"pclmul", 1, 0, ECX, 1, None},
    {"ssse3", 1, 0, ECX, 9, None},
    {"fma", 1, 0, ECX, 12, Ymm},
    {"cx16", 1, 0, ECX, 13, None},
    {"sse4.1", 1, 0, ECX, 19, None},
    {"sse4.2", 1, 0, ECX, 20, None},
    {"crc32", 1, 0, ECX, 20, None},
    {"movbe", 1, 0, ECX, 22, None},
    {"popcnt", 1, 0, ECX, 23, None},
    {"aes", 1, 0, ECX, 25, None},
    {"avx", 1, 0, ECX, 28, Ymm},
    {"f16c", 1, 0, ECX, 29, Ymm},
    {"bmi", 7, 0, EBX, 3, None},
    {"avx2", 7, 0, EBX, 5, Ymm},
    {"bmi2", 7, 0, EBX, 8, None},
    {"avx512f", 7, 0, EBX, 16, Zmm},
    {"evex512", 7, 0, EBX, 16, Zmm},
    {"avx512dq", 7, 0, EBX, 17, Zmm},
    {"adx", 7, 0, EBX, 19, None},
    {"avx512ifma", 7, 0, EBX, 21, Zmm},
    {"avx512cd", 7, 0, EBX, 28, Zmm},
    {"sha", 7, 0, EBX, 29, None},
    {"avx512bw", 7, 0, EBX, 30, Zmm},
    {"avx512vl", 7, 0, EBX, 31, Zmm},
    {"avx512vbmi", 7, 0, ECX, 1, Zmm},
    {"avx512vbmi2", 7, 0, ECX, 6, Zmm},
    {"gfni", 7, 0, ECX, 8, None},
    {"vaes", 7, 0, ECX, 9, Ymm},
    {"vpclmulqdq", 7, 0, ECX, 10, Ymm},
    {"avx512vnni", 7, 0, ECX, 11, Zmm},
    {"avx512bitalg", 7, 0, ECX, 12, Zmm},
    {"avx512vpopcntdq", 7, 0, ECX, 14, Zmm},
    {"movdiri", 7, 0, ECX, 27, None},
    {"movdir64b", 7, 0, ECX, 28, None},
    {"avx512vp2intersect", 7, 0, EDX, 8, Zmm},
    {"amx-bf16", 7, 0, EDX, 22, Tiles},
    {"avx512fp16", 7, 0, EDX, 23, Zmm},
    {"amx-tile", 7, 0, EDX, 24, Tiles},
    {"amx-int8", 7, 0, EDX, 25, Tiles},
    {"sha512", 7, 1, EAX, 0, Ymm},
    {"sm3", 7, 1, EAX, 1, Ymm},
    {"sm4", 7, 1, EAX, 2, Ymm},
    {"raoint", 7, 1, EAX, 3, None},
    {"avxvnni", 7, 1, EAX, 4, Ymm},
    {"avx512bf16", 7, 1, EAX, 5, Zmm},
    {"cmpccxadd", 7, 1, EAX, 7, None},
    {"amx-fp16", 7, 1, EAX, 21, Tiles},
    {"avxifma", 7, 1, EAX, 23, Ymm},
    {"avxvnniint8", 7, 1, EDX, 4, Ymm},
    {"avxneconvert", 7, 1, EDX, 5, Ymm},
    {"amx-complex", 7, 1, EDX, 8, Tiles},
    {"avxvnniint16", 7, 1, EDX, 10, Ymm},
    {"avx10.1", 7, 1, EDX, 19, Zmm}, // and the version below
    {"avx10.1-512", 7, 1, EDX, 19, Zmm},
    {"avx10.2", 7, 1, EDX, 19, Zmm},
    {"avx10.2-512", 7, 1, EDX, 19, Zmm},
    {"egpr", 7, 1, EDX, 21, Extended},
    {"ndd", 7, 1, EDX, 21, Extended},
    {"nf", 7, 1, EDX, 21, Extended},
    {"ccmp", 7, 1, EDX, 21, Extended},
    {"cf", 7, 1, EDX, 21, Extended},
    {"zu", 7, 1, EDX, 21, Extended},
    {"ppx", 7, 1, EDX, 21, Extended},
    {"push2pop2", 7, 1, EDX, 21, Extended},
    {"amx-fp8", 0x1e, 1, EAX, 4, Tiles},
    {"amx-tf32", 0x1e, 1, EAX, 6, Tiles},
    {"amx-avx512", 0x1e, 1, EAX, 7, Tiles},
    {"amx-movrs", 0x1e, 1, EAX, 8, Tiles},
    {"sahf", 0x80000001, 0, ECX, 0, None},
    {"lzcnt", 0x80000001, 0, ECX, 5, None},
    {"sse4a", 0x80000001, 0, ECX, 6, None},
    {"prfchw", 0x80000001, 0, ECX, 8, None},
    {"xop", 0x80000001, 0, ECX, 11, Ymm},
    {"fma4", 0x80000001, 0, ECX, 16, Ymm},
    {"tbm", 0x80000001, 0, ECX, 21, None},
};

// Every 64-bit processor has them, or compiled code uses them only on explicit request, which ours
// never makes.
constexpr const char *accepted[] = {
    "64bit",     "64bit-mode", "x87",      "cx8",      "nopl",     "fxsr",     "clflushopt",
    "clwb",      "clzero",     "cldemote", "enqcmd",   "ermsb",    "fsgsbase", "fsrm",
    "hreset",    "invpcid",    "kl",       "lwp",      "mwaitx",   "pconfig",  "pku",
    "prefetchi", "ptwrite",    "rdpid",    "rdpru",    "rdrnd",    "rdseed",   "rtm",
    "sgx",       "serialize",  "shstk",    "tsxldtrk", "uintr",    "usermsr",  "waitpkg",
    "wbnoinvd",  "widekl",     "xsave",    "xsavec",   "xsaveopt", "xsaves",   "movrs",
};

/// What cpuid said. A virtual machine traps the instruction, which takes tens of microseconds, so
/// each leaf is asked for once.
class Processor {
public:
  uint32_t bits(uint32_t leaf, uint32_t subleaf, Register reg) {
    for (int i = 0; i < count; ++i)
      if (answers[i].leaf == leaf && answers[i].subleaf == subleaf)
        return answers[i].r[reg];
    Answer answer = {leaf, subleaf, {}};
    if (__get_cpuid_max(leaf & 0x80000000u, nullptr) >= leaf)
      __cpuid_count(leaf, subleaf, answer.r[0], answer.r[1], answer.r[2], answer.r[3]);
    if (count < kMostAnswers)
      answers[count++] = answer;
    return answer.r[reg];
  }

  /// XCR0.
  uint64_t savedState() {
    if (!(bits(1, 0, ECX) & 1u << 27)) // the system does not use XSAVE
      return 0;
    uint32_t low, high;
    asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return uint64_t(high) << 32 | low;
  }

private:
  struct Answer {
    uint32_t leaf, subleaf, r[4];
  };
  static constexpr int kMostAnswers = 16;
  Answer answers[kMostAnswers];
  int count = 0;
};

bool has(Processor &processor, const char *text, size_t length) {
  for (const char *name : accepted)
    if (equals(text, length, name))
      return true;
  for (const Feature &feature : features)
    if (equals(text, length, feature.name)) {
      if (!(processor.bits(feature.leaf, feature.subleaf, feature.reg) >> feature.bit & 1))
        return false;
      if (feature.state && (processor.savedState() & feature.state) != feature.state)
        return false;
      if (!strncmp(feature.name, "avx10.", 6))
        return (processor.bits(0x24, 0, EBX) & 0xff) >=
               static_cast<uint32_t>(feature.name[6] - '0');
      return true;
    }
  return false;
}

#elif defined(__aarch64__)

struct Feature {
  const char *name;
  int word; // 0: required of every processor, 1: AT_HWCAP, 2: AT_HWCAP2
  uint8_t bit;
};

// Bits from the kernel's uapi/asm/hwcap.h.
constexpr Feature features[] = {
    {"neon", 0, 0},         {"fp-armv8", 0, 0},  {"v8a", 0, 0},        {"aes", 1, 3},
    {"sha2", 1, 6},         {"crc", 1, 7},       {"lse", 1, 8},        {"fullfp16", 1, 10},
    {"rdm", 1, 12},         {"jsconv", 1, 13},   {"complxnum", 1, 14}, {"rcpc", 1, 15},
    {"ccpp", 1, 16},        {"sha3", 1, 17},     {"sm4", 1, 19},       {"dotprod", 1, 20},
    {"sve", 1, 22},         {"fp16fml", 1, 23},  {"sve2", 2, 1},       {"sve2-aes", 2, 2},
    {"sve2-bitperm", 2, 4}, {"sve2-sha3", 2, 5}, {"sve2-sm4", 2, 6},   {"fptoint", 2, 8},
    {"i8mm", 2, 13},        {"bf16", 2, 14},
};

struct Processor {};

bool has(Processor &, const char *text, size_t length) {
  for (const Feature &feature : features)
    if (equals(text, length, feature.name))
      return feature.word == 0 ||
             (getauxval(feature.word == 1 ? AT_HWCAP : AT_HWCAP2) >> feature.bit & 1);
  return false;
}

#else
struct Processor {};
bool has(Processor &, const char *, size_t) { return false; }
#endif

// Flags that tune code and change no instruction set: what their names begin with.
constexpr const char *tuning[] = {
    "slow-",       "fast-",       "faster-",       "false-deps-",   "prefer-",
    "tuning-",     "use-",        "no-bypass-",    "allow-light-",  "branchfusion",
    "macrofusion", "branch-hint", "idivl-to-divb", "idivq-to-divl", "sbb-dep-breaking",
    "vzeroupper"};

bool isTuning(const char *text, size_t length) {
  for (const char *start : tuning)
    if (length >= strlen(start) && !memcmp(text, start, strlen(start)))
      return true;
  return false;
}

} // namespace

const char *dlc::rt::missingFeature(const char *list, size_t &length) {
  Processor processor;
  for (const char *p = list; p && *p;) {
    size_t size = strcspn(p, ", ");
    const char *name = p;
    p += size;
    p += strspn(p, ", ");
    if (size == 0 || *name == '-') // "-name": not used
      continue;
    if (*name == '+') {
      ++name;
      --size;
    }
    if (!isTuning(name, size) && !has(processor, name, size)) {
      length = size;
      return name;
    }
  }
  return nullptr;
}
