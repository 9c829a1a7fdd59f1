/* codes.h - what other data sets call states, sectors and events. */
#ifndef DGM_CODES_H
#define DGM_CODES_H

#include "base/base.h"

typedef struct dgm_codes dgm_codes; /* read-only once loaded */

/* places/codes.tsv and the labels of ontology/cameo.tsv. The caller owns *out. */
dgm_status dgm_codes_load(const char *tables_dir, dgm_complaints *complaints, dgm_codes **out,
                          dgm_err *err) DGM_MUST_USE;
void dgm_codes_free(dgm_codes *codes);

/* Empty where there is none; codes may be NULL. country: ISO 3166-1 alpha-3. */
typedef struct {
    dgm_view name, fips, cow, cameo;
} dgm_country_codes;
dgm_country_codes dgm_codes_of_country(const dgm_codes *codes, dgm_view country);
dgm_view dgm_codes_cameo_label(const dgm_codes *codes, dgm_view cameo);

/* A sector of PLOVER: CAMEO's role, and as ICEWS writes it, in words. Empty: neither has it. */
typedef struct {
    dgm_view cameo, words;
} dgm_sector_codes;
dgm_sector_codes dgm_codes_of_sector(dgm_view sector);

#endif
