// The memory of this process, as the system counts it: what a loaded model costs beside its time.
#ifndef DLC_COMPILER_DRIVER_FOOTPRINT_H
#define DLC_COMPILER_DRIVER_FOOTPRINT_H

#include <cstdint>

namespace dlc {

struct Footprint {
  int64_t anonymous = 0; ///< bytes touched that no file holds: the system cannot take them back
  int64_t huge = 0;      ///< bytes that are mapped by huge pages, anonymous or of files
};

/// Zeros where the system does not say.
Footprint readFootprint();

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_FOOTPRINT_H
