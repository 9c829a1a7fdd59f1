/* CAMEO codes most deeds three times: to be done (03, 13), done (04 to 08, 14 to 20) and refused
 * (12). The tables lay intentions, threats and refusals beside the deeds that they are of; a row
 * holds for all codes that begin as its own does, unless a longer row does too. CAMEO 1.1 is
 * closed. codebook/compositions.tsv says the same from the other side, for operators over contents,
 * and a test compares the two; a store is asked without tables. */
#include "store/deeds.h"

#include <string.h>

typedef struct {
    const char *code, *deed;
} pair;

/* "Agrees" (030) may be to what is signed later; "yields somehow" and "threatens" (035, 130, 139)
 * are of no deed alone. */
static const pair to_be_done[] = {
    { "030", "057" },   { "031", "06" },    { "0311", "061" },  { "0312", "062" },
    { "0313", "063" },  { "0314", "064" },  { "032", "05" },    { "033", "07" },
    { "0331", "071" },  { "0332", "072" },  { "0333", "073" },  { "0334", "074" },
    { "034", "083" },   { "0341", "0831" }, { "0342", "0832" }, { "0343", "0833" },
    { "0344", "0834" }, { "0351", "081" },  { "0352", "082" },  { "0353", "084" },
    { "0354", "085" },  { "0355", "086" },  { "0356", "087" },  { "036", "04" },
    { "037", "057" },   { "038", "045" },   { "039", "045" },   { "131", "16" },
    { "1311", "162" },  { "1312", "163" },  { "1313", "161" },  { "132", "172" },
    { "132", "173" },   { "132", "174" },   { "1321", "1721" }, { "1322", "1722" },
    { "1323", "1723" }, { "1324", "1724" }, { "133", "14" },    { "134", "164" },
    { "135", "165" },   { "136", "166" },   { "137", "175" },   { "138", "190" },
    { "1381", "191" },  { "1382", "192" },
};
static const pair refused[] = {
    { "121", "06" },    { "1211", "061" },  { "1212", "062" },  { "1213", "063" },
    { "1214", "064" },  { "122", "07" },    { "1221", "071" },  { "1222", "072" },
    { "1223", "073" },  { "1224", "074" },  { "123", "083" },   { "1231", "0831" },
    { "1232", "0832" }, { "1233", "0833" }, { "1234", "0834" }, { "1241", "081" },
    { "1242", "082" },  { "1243", "084" },  { "1244", "085" },  { "1245", "086" },
    { "1246", "087" },  { "125", "04" },    { "126", "045" },   { "127", "057" },
    { "162", "07" },    { "1621", "071" },  { "1622", "072" },  { "1623", "073" },
    { "164", "04" },    { "165", "045" },
};
static const pair instead[] = {
    { "163", "085" }, { "18", "087" }, { "19", "087" }, { "20", "087" }, { "191", "0872" },
};

/* "190" is any fighting: the last digit says only that no other is known. */
static dgm_view root_of(dgm_view code)
{
    return code.n == 3 && code.p[2] == '0' ? dgm_view_slice(code, 0, 2) : code;
}

static bool is_among(dgm_view code, const char *const *begins, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dgm_view_starts(code, dgm_view_of(begins[i])))
            return true;
    return false;
}

/* Fighting has three roots; a blockade and an occupation are none. */
static bool is_fighting(dgm_view code)
{
    static const char *const fights[] = { "18", "19", "20" }, *const others[] = { "191", "192" };
    return is_among(code, fights, DGM_LEN(fights)) && !is_among(code, others, DGM_LEN(others));
}

/* Under these two digits stands one sort of deed; under "08" a release and an easing of sanctions,
 * which are two. */
static bool is_broad(dgm_view root)
{
    static const char *const broad[] = { "04", "06", "07", "14", "15" };
    return is_among(root, broad, DGM_LEN(broad));
}

/* Whether one deed may be the other, told more closely. */
static bool is_same(dgm_view one, dgm_view other)
{
    dgm_view a = root_of(one), b = root_of(other);
    if (is_fighting(a) && is_fighting(b) && (a.n == 2 || b.n == 2))
        return true;
    return (dgm_view_starts(a, b) || dgm_view_starts(b, a)) &&
           (DGM_MIN(a.n, b.n) > 2 || is_broad(a));
}

enum { MOST_DEEDS = 4 };
typedef struct {
    dgm_view at[MOST_DEEDS];
    uint32_t n;
} deeds;

/* The deeds of the rows that hold for a code: of those with the longest beginning. */
static deeds deeds_of(const pair *table, size_t n, dgm_view code)
{
    deeds out = { .n = 0 };
    size_t longest = 0;
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(table[i].code);
        if (length < longest || !dgm_view_starts(code, dgm_view_of(table[i].code)))
            continue;
        if (length > longest)
            out.n = 0;
        longest = length;
        if (out.n < MOST_DEEDS)
            out.at[out.n++] = dgm_view_of(table[i].deed);
    }
    return out;
}

static deeds committed_deeds(dgm_view code)
{
    static const char *const verbal[] = { "01", "02", "03", "09", "10", "11", "12", "13" };
    if (code.n < 3 || is_among(code, verbal, DGM_LEN(verbal)))
        return deeds_of(to_be_done, DGM_LEN(to_be_done), code);
    return (deeds) { { code }, 1 };
}

static bool have_one(const deeds *some, const deeds *others)
{
    for (uint32_t i = 0; i < some->n; i++)
        for (uint32_t k = 0; k < others->n; k++)
            if (is_same(some->at[i], others->at[k]))
                return true;
    return false;
}

/* "Recognise" and "praise" are both what 032 is of. */
static bool is_like_one(const deeds *some, dgm_view deed)
{
    for (uint32_t i = 0; i < some->n; i++)
        if (some->at[i].n == 2 && dgm_view_starts(deed, some->at[i]))
            return true;
    return false;
}

dgm_deed dgm_deed_of(dgm_view committed, dgm_view later)
{
    if (later.n < 3)
        return DGM_DEED_OTHER;
    const deeds wanted = committed_deeds(committed), done = { { later }, 1 },
                not_done = deeds_of(refused, DGM_LEN(refused), later),
                other = deeds_of(instead, DGM_LEN(instead), later);
    return have_one(&wanted, &done)       ? DGM_DEED_DONE
           : have_one(&wanted, &not_done) ? DGM_DEED_REFUSED
           : have_one(&wanted, &other)    ? DGM_DEED_INSTEAD
           : is_like_one(&wanted, later)  ? DGM_DEED_LIKE
                                          : DGM_DEED_OTHER;
}
