#pragma once
#include <cblas.h>
#include <stddef.h>

// Whether the processor has what OpenBLAS calls Haswell; nobody asks outside x86-64.
static inline int openblas_has_haswell(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return 0;
#endif
}

// The LAPACK routines in use: OpenBLAS exports them, but Debian packs no header for them. The last
// arguments are the lengths of the character arguments, as Fortran compilers pass them.
void dsyevd_(
    const char *jobz, const char *uplo, const blasint *n, double *a, const blasint *lda, double *w,
    double *work, const blasint *lwork, blasint *iwork, const blasint *liwork, blasint *info, size_t,
    size_t);
void dgesdd_(
    const char *jobz, const blasint *m, const blasint *n, double *a, const blasint *lda, double *s,
    double *u, const blasint *ldu, double *vt, const blasint *ldvt, double *work,
    const blasint *lwork, blasint *iwork, blasint *info, size_t);
void dgelqf_(
    const blasint *m, const blasint *n, double *a, const blasint *lda, double *tau, double *work,
    const blasint *lwork, blasint *info);
void dpotrf_(
    const char *uplo, const blasint *n, double *a, const blasint *lda, blasint *info, size_t);
void dpotrs_(
    const char *uplo, const blasint *n, const blasint *nrhs, const double *a, const blasint *lda,
    double *b, const blasint *ldb, blasint *info, size_t);
