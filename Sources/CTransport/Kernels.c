#include "CTransport.h"

// A fused product would round otherwise than a product and a sum.
#pragma STDC FP_CONTRACT OFF

// Sixteen integers or eight doubles, which the compiler maps to the registers of each target.
typedef int32_t Lanes __attribute__((ext_vector_type(TRANSPORT_LANES)));
typedef uint32_t UnsignedLanes __attribute__((ext_vector_type(TRANSPORT_LANES)));
typedef uint16_t ShortLanes __attribute__((ext_vector_type(TRANSPORT_LANES)));
typedef bool BitLanes __attribute__((ext_vector_type(TRANSPORT_LANES)));
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
// The lanes of a comparison as bits, the first lane lowest.
#define BITS(mask)                                                    \
  ({                                                                  \
    const BitLanes bits = __builtin_convertvector((mask), BitLanes);  \
    uint16_t packed;                                                  \
    __builtin_memcpy(&packed, &bits, sizeof(packed));                 \
    (uint32_t)packed;                                                 \
  })
// The first halves of two vectors interleaved, and the second halves.
#define LOW_HALVES(a, b) \
  __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define HIGH_HALVES(a, b) \
  __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
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
