#include "CTransportKernels.h"

// A fused product would round otherwise than a product and a sum.
#pragma STDC FP_CONTRACT OFF

// Sixteen integers or eight doubles, which the compiler maps to the registers of each target.
typedef int32_t Lanes __attribute__((ext_vector_type(TRANSPORT_LANES)));
typedef uint32_t UnsignedLanes __attribute__((ext_vector_type(TRANSPORT_LANES)));
typedef uint16_t ShortLanes __attribute__((ext_vector_type(TRANSPORT_LANES)));
typedef uint16_t Shorts __attribute__((ext_vector_type(8)));
typedef int32_t HalfLanes __attribute__((ext_vector_type(8)));
typedef double Doubles __attribute__((ext_vector_type(8)));

#define FIRST_INDICES ((Lanes){0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
#define LOAD(type, address)                                \
  ({                                                       \
    type loaded;                                           \
    __builtin_memcpy(&loaded, (address), sizeof(loaded));  \
    loaded;                                                \
  })
#define STORE(address, lanes)                               \
  do {                                                      \
    const __typeof__(lanes) stored = (lanes);               \
    __builtin_memcpy((address), &stored, sizeof(stored));   \
  } while (0)
#define WIDE(address) __builtin_convertvector(LOAD(ShortLanes, (address)), UnsignedLanes)
#define ANY(mask) (__builtin_reduce_or(mask) != 0)

#define TARGET
#define NAME(kernel) kernel##Baseline
#include "Bodies.h"
#undef TARGET
#undef NAME

#if defined(__x86_64__)
#define TARGET __attribute__((target("avx2,fma")))
#define NAME(kernel) kernel##AVX2
#include "Bodies.h"
#undef TARGET
#undef NAME

#define TARGET \
  __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl"), \
                 min_vector_width(512)))
#define NAME(kernel) kernel##AVX512
#include "Bodies.h"
#endif

bool transportHas(TransportInstructionSet set) {
#if defined(__x86_64__)
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (set == TransportAVX2) return avx2;
  if (set == TransportAVX512)
    return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#endif
  return set == TransportBaseline;
}

const TransportKernels *transportKernels(TransportInstructionSet set) {
#if defined(__x86_64__)
  if (set == TransportAVX2 && transportHas(set)) return &kernelsAVX2;
  if (set == TransportAVX512 && transportHas(set)) return &kernelsAVX512;
#else
  (void)set;
#endif
  return &kernelsBaseline;
}
