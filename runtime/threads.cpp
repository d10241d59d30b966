// How many threads are worth starting: the physical cores that the affinity mask allows, at most
// the processor quota of the control group (what a container is given).
#include "internal.h"
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

using namespace dlc::rt;

// Whether `cpu` is the first of the allowed hardware threads of its core. If the system does not
// tell, it is.
static bool isFirstOfCore(int cpu, const cpu_set_t &allowed) {
  char path[96], list[256];
  snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list", cpu);
  FILE *file = fopen(path, "re");
  if (!file)
    return true;
  char *p = fgets(list, sizeof(list), file);
  fclose(file);
  while (p && *p >= '0' && *p <= '9') { // "0,64" or "0-1"
    long first = strtol(p, &p, 10), last = first;
    if (*p == '-')
      last = strtol(p + 1, &p, 10);
    for (long sibling = first; sibling <= last && sibling < cpu; ++sibling)
      if (sibling < CPU_SETSIZE && CPU_ISSET(sibling, &allowed))
        return false;
    if (*p == ',')
      ++p;
  }
  return true;
}

// Reads up to two numbers from a file; "max" counts as -1. Returns how many there were.
static int readNumbers(const char *path, double numbers[2]) {
  FILE *file = fopen(path, "re");
  if (!file)
    return 0;
  char line[128];
  int count = 0;
  char *p = fgets(line, sizeof(line), file);
  while (p && count < 2) {
    while (*p == ' ')
      ++p;
    char *end;
    if (!strncmp(p, "max", 3)) {
      numbers[count++] = -1;
      p += 3;
      continue;
    }
    double value = strtod(p, &end);
    if (end == p)
      break;
    numbers[count++] = value;
    p = end;
  }
  fclose(file);
  return count;
}

// The smallest quota, in processors, of a group and those above it; 0: none.
static double quotaOf(const char *root, char *group, bool unified) {
  double smallest = 0;
  for (;;) {
    char path[1280];
    double numbers[2], quota = 0;
    if (unified) {
      snprintf(path, sizeof(path), "%s%s/cpu.max", root, group);
      if (readNumbers(path, numbers) == 2 && numbers[0] > 0 && numbers[1] > 0)
        quota = numbers[0] / numbers[1];
    } else {
      double period[2];
      snprintf(path, sizeof(path), "%s%s/cpu.cfs_quota_us", root, group);
      if (readNumbers(path, numbers) >= 1 && numbers[0] > 0) {
        snprintf(path, sizeof(path), "%s%s/cpu.cfs_period_us", root, group);
        if (readNumbers(path, period) >= 1 && period[0] > 0)
          quota = numbers[0] / period[0];
      }
    }
    if (quota > 0 && (smallest == 0 || quota < smallest))
      smallest = quota;
    char *slash = strrchr(group, '/');
    if (!slash)
      return smallest;
    *slash = 0; // the group above; a container may see its own group only as the root
  }
}

static double cpuQuota() {
  FILE *file = fopen("/proc/self/cgroup", "re");
  if (!file)
    return 0;
  double smallest = 0;
  char line[1024];
  while (fgets(line, sizeof(line), file)) { // "0::/group" or "4:cpu,cpuacct:/group"
    line[strcspn(line, "\n")] = 0;
    char *controllers = strchr(line, ':');
    char *group = controllers ? strchr(controllers + 1, ':') : nullptr;
    if (!group)
      continue;
    *group++ = 0;
    ++controllers;
    bool unified = *controllers == 0;
    bool cpu = false;
    for (char *rest = controllers, *name; (name = strtok_r(rest, ",", &rest));)
      cpu |= !strcmp(name, "cpu");
    if (!unified && !cpu)
      continue;
    double quota = quotaOf(unified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/cpu", group, unified);
    if (quota > 0 && (smallest == 0 || quota < smallest))
      smallest = quota;
  }
  fclose(file);
  return smallest;
}

int32_t dlc::rt::availableThreads() {
  int32_t cores = 0;
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0)
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
      if (CPU_ISSET(cpu, &allowed) && isFirstOfCore(cpu, allowed))
        ++cores;
  if (cores == 0)
    cores = 1;
  double quota = cpuQuota();
  if (quota > 0 && quota < cores) {
    cores = static_cast<int32_t>(quota);
    if (cores < quota)
      ++cores;
  }
  return cores < maxThreads ? cores : maxThreads;
}
