// The list of jit_symbols.h. Only addresses are taken, so the types of the Halide entries do not
// matter here.
#include "jit_symbols.h"
#include "dlc/dlc.h"

extern "C" {
void halide_do_par_for();
void dlc_rt_alternating_for();
void halide_double_to_string();
void halide_error();
void halide_error_access_out_of_bounds();
void halide_error_bad_dimensions();
void halide_error_bad_extern_fold();
void halide_error_bad_fold();
void halide_error_bad_type();
void halide_error_bounds_inference_call_failed();
void halide_error_buffer_allocation_too_large();
void halide_error_buffer_argument_is_null();
void halide_error_buffer_extents_negative();
void halide_error_buffer_extents_too_large();
void halide_error_buffer_is_null();
void halide_error_constraint_violated();
void halide_error_constraints_make_required_region_smaller();
void halide_error_debug_to_file_failed();
void halide_error_device_crop_failed();
void halide_error_device_dirty_with_no_device_support();
void halide_error_device_interface_no_device();
void halide_error_explicit_bounds_too_small();
void halide_error_extern_stage_failed();
void halide_error_fold_factor_too_small();
void halide_error_host_and_device_dirty();
void halide_error_host_is_null();
void halide_error_no_device_interface();
void halide_error_out_of_memory();
void halide_error_param_too_large_f64();
void halide_error_param_too_large_i64();
void halide_error_param_too_large_u64();
void halide_error_param_too_small_f64();
void halide_error_param_too_small_i64();
void halide_error_param_too_small_u64();
void halide_error_requirement_failed();
void halide_error_specialize_fail();
void halide_error_split_factor_not_positive();
void halide_error_storage_bound_too_small();
void halide_error_unaligned_host_ptr();
void halide_error_vscale_invalid();
void halide_free();
void halide_int64_to_string();
void halide_malloc();
void halide_pointer_to_string();
void halide_print();
void halide_string_to_string();
void halide_uint64_to_string();
} // extern "C"

#define SYMBOL(name) {#name, reinterpret_cast<void *>(&name)}

const dlc_jit_symbol dlc_jit_symbols[] = {
    {"dlc_rt_api_v1", const_cast<dlc_api *>(&dlc_rt_api_v1)},
    SYMBOL(dlc_rt_alloc),
    SYMBOL(dlc_rt_fail),
    SYMBOL(dlc_rt_free),
    SYMBOL(dlc_rt_index_flag),
    SYMBOL(dlc_rt_launch),
    SYMBOL(dlc_rt_output),
    SYMBOL(dlc_rt_parallel_for),
    SYMBOL(memrefCopy),
    SYMBOL(halide_do_par_for),
    SYMBOL(dlc_rt_alternating_for),
    SYMBOL(halide_double_to_string),
    SYMBOL(halide_error),
    SYMBOL(halide_error_access_out_of_bounds),
    SYMBOL(halide_error_bad_dimensions),
    SYMBOL(halide_error_bad_extern_fold),
    SYMBOL(halide_error_bad_fold),
    SYMBOL(halide_error_bad_type),
    SYMBOL(halide_error_bounds_inference_call_failed),
    SYMBOL(halide_error_buffer_allocation_too_large),
    SYMBOL(halide_error_buffer_argument_is_null),
    SYMBOL(halide_error_buffer_extents_negative),
    SYMBOL(halide_error_buffer_extents_too_large),
    SYMBOL(halide_error_buffer_is_null),
    SYMBOL(halide_error_constraint_violated),
    SYMBOL(halide_error_constraints_make_required_region_smaller),
    SYMBOL(halide_error_debug_to_file_failed),
    SYMBOL(halide_error_device_crop_failed),
    SYMBOL(halide_error_device_dirty_with_no_device_support),
    SYMBOL(halide_error_device_interface_no_device),
    SYMBOL(halide_error_explicit_bounds_too_small),
    SYMBOL(halide_error_extern_stage_failed),
    SYMBOL(halide_error_fold_factor_too_small),
    SYMBOL(halide_error_host_and_device_dirty),
    SYMBOL(halide_error_host_is_null),
    SYMBOL(halide_error_no_device_interface),
    SYMBOL(halide_error_out_of_memory),
    SYMBOL(halide_error_param_too_large_f64),
    SYMBOL(halide_error_param_too_large_i64),
    SYMBOL(halide_error_param_too_large_u64),
    SYMBOL(halide_error_param_too_small_f64),
    SYMBOL(halide_error_param_too_small_i64),
    SYMBOL(halide_error_param_too_small_u64),
    SYMBOL(halide_error_requirement_failed),
    SYMBOL(halide_error_specialize_fail),
    SYMBOL(halide_error_split_factor_not_positive),
    SYMBOL(halide_error_storage_bound_too_small),
    SYMBOL(halide_error_unaligned_host_ptr),
    SYMBOL(halide_error_vscale_invalid),
    SYMBOL(halide_free),
    SYMBOL(halide_int64_to_string),
    SYMBOL(halide_malloc),
    SYMBOL(halide_pointer_to_string),
    SYMBOL(halide_print),
    SYMBOL(halide_string_to_string),
    SYMBOL(halide_uint64_to_string),
};

const size_t dlc_jit_symbol_count = sizeof(dlc_jit_symbols) / sizeof(dlc_jit_symbols[0]);
