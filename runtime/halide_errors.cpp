// The errors that Halide's checked objects report (HalideRuntime.h of Halide 21 declares them),
// each as a code and a message, and the functions that its print() uses. Halide's own versions
// abort; these return.
#include "internal.h"
#include <inttypes.h>
#include <stdarg.h>

using namespace dlc::rt;

namespace {

// Codes of halide_error_code_t.
enum Code : int {
  GenericError = -1,
  ExplicitBoundsTooSmall = -2,
  BadType = -3,
  AccessOutOfBounds = -4,
  BufferAllocationTooLarge = -5,
  BufferExtentsTooLarge = -6,
  ConstraintsMakeRequiredRegionSmaller = -7,
  ConstraintViolated = -8,
  ParamTooSmall = -9,
  ParamTooLarge = -10,
  OutOfMemory = -11,
  BufferArgumentIsNull = -12,
  DebugToFileFailed = -13,
  NoDeviceInterface = -19,
  UnalignedHostPtr = -24,
  BadFold = -25,
  FoldFactorTooSmall = -26,
  RequirementFailed = -27,
  BufferExtentsNegative = -28,
  SpecializeFail = -31,
  HostIsNull = -34,
  BadExternFold = -35,
  DeviceInterfaceNoDevice = -36,
  HostAndDeviceDirty = -37,
  BufferIsNull = -38,
  DeviceCropFailed = -41,
  BadDimensions = -43,
  DeviceDirtyWithNoDeviceSupport = -44,
  StorageBoundTooSmall = -45,
  SplitFactorNotPositive = -46,
  VscaleInvalid = -47,
};

void report(int32_t status, const char *message) {
  if (dlc_run_state *run = thisThread().run)
    recordError(run, status, message);
  else
    fail(status, "%s", message);
}

__attribute__((format(printf, 2, 3))) int error(int code, const char *format, ...) {
  char message[400];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof(message), format, arguments);
  va_end(arguments);
  report(code == OutOfMemory ? DLC_ERROR_MEMORY : DLC_ERROR_INTERNAL, message);
  return code;
}

} // namespace

extern "C" {

void halide_error(void *, const char *message) { report(DLC_ERROR_INTERNAL, message); }

void halide_print(void *, const char *text) {
  if (dlc_run_state *run = thisThread().run)
    logMessage(run->context->options, DLC_LOG_INFO, text);
  else
    fputs(text, stderr);
}

int halide_error_bounds_inference_call_failed(void *, const char *stage, int result) {
  return error(result, "bounds inference of %s failed with %d", stage, result);
}
int halide_error_extern_stage_failed(void *, const char *stage, int result) {
  return error(result, "%s failed with %d", stage, result);
}
int halide_error_explicit_bounds_too_small(void *, const char *func, const char *var, int minBound,
                                           int maxBound, int minRequired, int maxRequired) {
  return error(ExplicitBoundsTooSmall, "bounds of %s over %s are %d to %d, needed: %d to %d", var,
               func, minBound, maxBound, minRequired, maxRequired);
}
int halide_error_bad_type(void *, const char *func, uint32_t given, uint32_t correct) {
  return error(BadType, "%s has element type %#x, not %#x", func, given, correct);
}
int halide_error_bad_dimensions(void *, const char *func, int32_t given, int32_t correct) {
  return error(BadDimensions, "%s has %d dimensions, not %d", func, given, correct);
}
int halide_error_access_out_of_bounds(void *, const char *func, int dimension, int minTouched,
                                      int maxTouched, int minValid, int maxValid) {
  return error(AccessOutOfBounds, "%s is accessed at %d to %d of dimension %d, which has %d to %d",
               func, minTouched, maxTouched, dimension, minValid, maxValid);
}
int halide_error_buffer_allocation_too_large(void *, const char *buffer, uint64_t size,
                                             uint64_t most) {
  return error(BufferAllocationTooLarge,
               "%s would have %" PRIu64 " bytes, at most %" PRIu64 " are possible", buffer, size,
               most);
}
int halide_error_buffer_extents_negative(void *, const char *buffer, int dimension, int extent) {
  return error(BufferExtentsNegative, "dimension %d of %s is %d", dimension, buffer, extent);
}
int halide_error_buffer_extents_too_large(void *, const char *buffer, int64_t size, int64_t most) {
  return error(BufferExtentsTooLarge,
               "%s has %" PRId64 " elements, at most %" PRId64 " are possible", buffer, size, most);
}
int halide_error_constraints_make_required_region_smaller(void *, const char *buffer, int dimension,
                                                          int constrainedMin, int constrainedExtent,
                                                          int requiredMin, int requiredExtent) {
  return error(ConstraintsMakeRequiredRegionSmaller,
               "%s is constrained to %d + %d in dimension %d, needed: %d + %d", buffer,
               constrainedMin, constrainedExtent, dimension, requiredMin, requiredExtent);
}
int halide_error_constraint_violated(void *, const char *var, int value, const char *constrained,
                                     int constrainedValue) {
  return error(ConstraintViolated, "%s is %d, but %s is %d", var, value, constrained,
               constrainedValue);
}
int halide_error_param_too_small_i64(void *, const char *name, int64_t value, int64_t least) {
  return error(ParamTooSmall, "%s is %" PRId64 ", at least %" PRId64 " is needed", name, value,
               least);
}
int halide_error_param_too_small_u64(void *, const char *name, uint64_t value, uint64_t least) {
  return error(ParamTooSmall, "%s is %" PRIu64 ", at least %" PRIu64 " is needed", name, value,
               least);
}
int halide_error_param_too_small_f64(void *, const char *name, double value, double least) {
  return error(ParamTooSmall, "%s is %g, at least %g is needed", name, value, least);
}
int halide_error_param_too_large_i64(void *, const char *name, int64_t value, int64_t most) {
  return error(ParamTooLarge, "%s is %" PRId64 ", at most %" PRId64 " is possible", name, value,
               most);
}
int halide_error_param_too_large_u64(void *, const char *name, uint64_t value, uint64_t most) {
  return error(ParamTooLarge, "%s is %" PRIu64 ", at most %" PRIu64 " is possible", name, value,
               most);
}
int halide_error_param_too_large_f64(void *, const char *name, double value, double most) {
  return error(ParamTooLarge, "%s is %g, at most %g is possible", name, value, most);
}
int halide_error_out_of_memory(void *) { return error(OutOfMemory, "no memory for scratch"); }
int halide_error_buffer_argument_is_null(void *, const char *buffer) {
  return error(BufferArgumentIsNull, "buffer %s is null", buffer);
}
int halide_error_debug_to_file_failed(void *, const char *func, const char *file, int code) {
  return error(DebugToFileFailed, "cannot write %s to %s: error %d", func, file, code);
}
int halide_error_unaligned_host_ptr(void *, const char *func, int alignment) {
  return error(UnalignedHostPtr, "the data of %s is not aligned to %d bytes", func, alignment);
}
int halide_error_host_is_null(void *, const char *func) {
  return error(HostIsNull, "the data of %s is null", func);
}
int halide_error_bad_fold(void *, const char *func, const char *var, const char *loop) {
  return error(BadFold, "the folded storage of %s does not fit dimension %s in loop %s", func, var,
               loop);
}
int halide_error_bad_extern_fold(void *, const char *func, int dim, int min, int extent,
                                 int validMin, int factor) {
  return error(BadExternFold, "%s: dimension %d needs %d + %d, but is folded by %d from %d", func,
               dim, min, extent, factor, validMin);
}
int halide_error_fold_factor_too_small(void *, const char *func, const char *var, int factor,
                                       const char *loop, int required) {
  return error(FoldFactorTooSmall, "%s is folded by %d over %s, loop %s needs %d", func, factor,
               var, loop, required);
}
int halide_error_requirement_failed(void *, const char *condition, const char *message) {
  return error(RequirementFailed, "requirement failed: %s: %s", condition, message);
}
int halide_error_specialize_fail(void *, const char *message) {
  return error(SpecializeFail, "no specialisation fits: %s", message);
}
int halide_error_no_device_interface(void *) {
  return error(NoDeviceInterface, "a buffer has no device");
}
int halide_error_device_interface_no_device(void *) {
  return error(DeviceInterfaceNoDevice, "a buffer has a device interface and no device allocation");
}
int halide_error_host_and_device_dirty(void *) {
  return error(HostAndDeviceDirty, "a buffer is dirty on the host and on the device");
}
int halide_error_buffer_is_null(void *, const char *routine) {
  return error(BufferIsNull, "a buffer given to %s is null", routine);
}
int halide_error_device_dirty_with_no_device_support(void *, const char *buffer) {
  return error(DeviceDirtyWithNoDeviceSupport, "%s lies on a device that this code does not use",
               buffer);
}
int halide_error_storage_bound_too_small(void *, const char *func, const char *var, int provided,
                                         int required) {
  return error(StorageBoundTooSmall, "storage of %s over %s is bound to %d, needed: %d", func, var,
               provided, required);
}
int halide_error_device_crop_failed(void *) {
  return error(DeviceCropFailed, "a device buffer cannot be cropped");
}
int halide_error_split_factor_not_positive(void *, const char *func, const char *original,
                                           const char *outer, const char *inner, const char *text,
                                           int factor) {
  return error(SplitFactorNotPositive, "%s splits %s into %s and %s by %s = %d", func, original,
               outer, inner, text, factor);
}
int halide_error_vscale_invalid(void *, const char *func, int runtime, int compiled) {
  return error(VscaleInvalid, "%s was compiled for vscale %d, this processor has %d", func,
               compiled, runtime);
}

// print() and require() build their text with these: each writes at `to`, never past `end`, and
// returns where it stopped.
static char *append(char *to, char *end, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static char *append(char *to, char *end, const char *format, ...) {
  if (to >= end)
    return to;
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(to, static_cast<size_t>(end - to), format, arguments);
  va_end(arguments);
  if (length < 0)
    return to;
  return length < end - to ? to + length : end - 1;
}
char *halide_string_to_string(char *to, char *end, const char *text) {
  return append(to, end, "%s", text ? text : "<null>");
}
char *halide_int64_to_string(char *to, char *end, int64_t value, int digits) {
  return append(to, end, "%0*" PRId64, digits, value);
}
char *halide_uint64_to_string(char *to, char *end, uint64_t value, int digits) {
  return append(to, end, "%0*" PRIu64, digits, value);
}
char *halide_double_to_string(char *to, char *end, double value, int scientific) {
  return scientific ? append(to, end, "%e", value) : append(to, end, "%f", value);
}
char *halide_pointer_to_string(char *to, char *end, const void *pointer) {
  return append(to, end, "%p", pointer);
}

} // extern "C"
