/* codes.h - what other data sets call states, sectors and events. */
#ifndef DGM_CODES_H
#define DGM_CODES_H

#include "base/base.h"

typedef struct dgm_codes dgm_codes; /* read-only once loaded */

/* places/codes.tsv, and what ICEWS calls countries and events (places/icews.tsv,
 * codebook/icews.tsv). The caller owns *out. */
dgm_status dgm_codes_load(const char *tables_dir, dgm_complaints *complaints, dgm_codes **out,
                          dgm_err *err) DGM_MUST_USE;
void dgm_codes_free(dgm_codes *codes);

/* Empty where there is none; codes may be NULL. country: ISO 3166-1 alpha-3. */
typedef struct {
    dgm_view name, fips, cow, gw, cameo;
    dgm_view icews_name, icews_column; /* in names of actors, and in its columns of countries */
} dgm_country_codes;
dgm_country_codes dgm_codes_of_country(const dgm_codes *codes, dgm_view country);

/* A category as ICEWS has it: of CAMEO's code, or of the one above where ICEWS has none. Empty:
 * nothing of the kind. */
typedef struct {
    dgm_view code, label;
    double intensity;
} dgm_icews_category;
dgm_icews_category dgm_codes_of_icews(const dgm_codes *codes, dgm_view cameo);

/* A sector of PLOVER: CAMEO's role, and as ICEWS writes it, in the columns of sectors and before
 * the country in names of actors. Empty: neither has it. */
typedef struct {
    dgm_view cameo, words, in_names;
} dgm_sector_codes;
dgm_sector_codes dgm_codes_of_sector(dgm_view sector);

#endif
