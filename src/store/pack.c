/* A coded story as bytes: all that its rows are made of, and its records, compressed. */
#include "store/links.h"
#include "store/packed.h"

#include "output/text.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static const dgm_view magic = { "dgm4", 4 };

/* ---- what a story is known by --------------------------------------------------------------- */

static void take(XXH3_state_t *state, dgm_view v)
{
    uint64_t n = v.n; /* so that "a","bc" and "ab","c" differ */
    XXH3_128bits_update(state, &n, sizeof n);
    XXH3_128bits_update(state, v.p ? v.p : "", v.n);
}

dgm_story_hash dgm_story_hash_of(const dgm_document *doc)
{
    dgm_story_hash hash;
    XXH3_state_t state;
    const dgm_view parts[] = { doc->id,  dgm_view_of(doc->date), doc->title, doc->source, doc->url,
                               doc->text };
    XXH3_128bits_reset(&state);
    for (size_t i = 0; i < DGM_LEN(parts); i++)
        take(&state, parts[i]);
    XXH128_hash_t h = XXH3_128bits_digest(&state);
    snprintf(hash.text, sizeof hash.text, "%016llx%016llx", (unsigned long long)h.high64,
             (unsigned long long)h.low64);
    return hash;
}

/* ---- numbers and text ----------------------------------------------------------------------- */

void dgm_give_number(dgm_buffer *out, uint64_t value)
{
    char bytes[10];
    size_t n = 0;
    do {
        bytes[n++] = (char)((value & 0x7F) | (value > 0x7F ? 0x80 : 0));
        value >>= 7;
    } while (value > 0);
    dgm_buffer_put(out, (dgm_view) { bytes, n });
}

void dgm_give_real(dgm_buffer *out, double value)
{
    uint64_t bits;
    char bytes[8];
    memcpy(&bits, &value, sizeof bits);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(bits >> 8 * i & 0xFF);
    dgm_buffer_put(out, (dgm_view) { bytes, sizeof bytes });
}

void dgm_give_bytes(dgm_buffer *out, dgm_view bytes)
{
    dgm_give_number(out, bytes.n);
    dgm_buffer_put(out, bytes);
}

static void put_clean(dgm_view text, dgm_buffer *out)
{
    size_t step;
    for (size_t i = 0; i < text.n; i += step) {
        uint32_t cp;
        step = dgm_utf8_next(text.p + i, text.n - i, &cp);
        bool bad = cp == 0xFFFD && step == 1;
        dgm_buffer_put(out, bad ? DGM_VIEW("\uFFFD") : (dgm_view) { text.p + i, step });
    }
}

void dgm_give_text(dgm_buffer *out, dgm_view text)
{
    if (dgm_utf8_invalid(text) == SIZE_MAX) {
        dgm_give_bytes(out, text);
        return;
    }
    dgm_buffer clean = { 0 };
    put_clean(text, &clean);
    out->failed = out->failed || clean.failed;
    dgm_give_bytes(out, (dgm_view) { clean.p, clean.n });
    dgm_buffer_done(&clean);
}

/* ---- events --------------------------------------------------------------------------------- */

static void give_name(dgm_buffer *out, const char *name)
{
    dgm_give_bytes(out, dgm_view_of(name));
}

/* Whether an earlier one of the list is of the same side, or this one of none. */
static bool came_before(const dgm_record_actor *at, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++) {
        if (dgm_view_eq(dgm_side_of(&at[k]), dgm_side_of(&at[i])))
            return true;
    }
    return dgm_side_of(&at[i]).n == 0;
}

static bool stands_in(const dgm_record_actor *at, uint32_t n, dgm_view side)
{
    for (uint32_t i = 0; i < n; i++) {
        if (dgm_view_eq(dgm_side_of(&at[i]), side))
            return true;
    }
    return false;
}

/* The number of somebody or of a place is a hash of all that is known, which was written from
 * `begin` on, so that nobody need look it up; of 47 bits, which SQLite keeps in six bytes. */
static void give_hash(dgm_buffer *out, size_t begin)
{
    dgm_give_number(out, out->failed ? 0 : XXH3_64bits(out->p + begin, out->n - begin) >> 17);
}

static void give_somebody(const dgm_record_actor *a, dgm_buffer *out)
{
    const dgm_view parts[] = { a->code, a->country, a->sector, a->name, a->id, dgm_side_of(a) };
    size_t begin = out->n;
    for (size_t i = 0; i < DGM_LEN(parts); i++)
        dgm_give_text(out, parts[i]);
    give_hash(out, begin);
}

static void give_roles(const dgm_record *r, dgm_buffer *out)
{
    const dgm_record_actor *at[] = { r->actors.at, r->recipients.at };
    const uint32_t n[] = { r->actors.n, r->recipients.n };
    dgm_give_number(out, (uint64_t)n[0] + n[1]);
    for (uint32_t role = 0; role < 2; role++) {
        for (uint32_t i = 0; i < n[role]; i++) {
            const dgm_record_actor *a = &at[role][i];
            bool new_side =
                !came_before(at[role], i) && !(role == 1 && stands_in(at[0], n[0], dgm_side_of(a)));
            dgm_give_number(out, role);
            dgm_give_number(out, i);
            dgm_give_number(out, new_side);
            give_somebody(a, out);
            dgm_give_text(out, a->via);
            dgm_give_text(out, a->words.text);
            dgm_give_number(out, a->words.begin);
            dgm_give_number(out, a->words.end);
        }
    }
}

/* Each pair of sides once, and nobody with himself. */
static void give_dyads(const dgm_record *r, dgm_buffer *out)
{
    for (uint32_t i = 0; i < r->actors.n; i++) {
        for (uint32_t k = 0; k < r->recipients.n; k++) {
            dgm_view actor = dgm_side_of(&r->actors.at[i]);
            dgm_view recipient = dgm_side_of(&r->recipients.at[k]);
            if (came_before(r->actors.at, i) || came_before(r->recipients.at, k) ||
                dgm_view_eq(actor, recipient))
                continue;
            dgm_give_number(out, 1);
            dgm_give_text(out, actor);
            dgm_give_text(out, recipient);
        }
    }
    dgm_give_number(out, 0);
}

static void give_voices(const dgm_record *r, dgm_buffer *out)
{
    dgm_give_number(out, r->voices.n);
    for (uint32_t i = 0; i < r->voices.n; i++) {
        const dgm_record_voice *v = &r->voices.at[i];
        give_name(out, dgm_attribution_kind_name(v->kind));
        give_somebody(&v->speaker, out);
        dgm_give_text(out, v->speaker.words.text);
        dgm_give_text(out, v->cue.text);
    }
}

static void give_places(const dgm_record *r, dgm_buffer *out)
{
    dgm_give_number(out, r->locations.n);
    for (uint32_t i = 0; i < r->locations.n; i++) {
        const dgm_record_place *l = &r->locations.at[i];
        const dgm_view parts[] = { l->name, l->country, l->admin1, l->precision };
        dgm_give_text(out, l->basis);
        size_t begin = out->n;
        for (size_t k = 0; k < DGM_LEN(parts); k++)
            dgm_give_text(out, parts[k]);
        dgm_give_real(out, l->lat);
        dgm_give_real(out, l->lon);
        dgm_give_number(out, l->geonames_id);
        give_hash(out, begin);
    }
}

static void give_sizes(const dgm_record *r, dgm_buffer *out)
{
    for (int i = 0; i < DGM_N_SIZES; i++) {
        if (!r->sizes[i].told)
            continue;
        dgm_give_number(out, 1);
        give_name(out, dgm_size_name((dgm_size_kind)i));
        dgm_give_real(out, r->sizes[i].min);
        dgm_give_real(out, r->sizes[i].max);
        dgm_give_text(out, r->sizes[i].currency);
    }
    dgm_give_number(out, 0);
}

/* Links by place in the list, from 1; 0: none. */
static void give_links(const dgm_record *r, const dgm_map *places, dgm_buffer *out)
{
    dgm_give_text(out, r->condition.text);
    dgm_give_number(out, r->condition.begin);
    dgm_give_number(out, r->condition.end);
    dgm_give_number(out, (uint32_t)(dgm_map_get(places, r->condition_event) + 1));
    dgm_give_number(out, (uint32_t)(dgm_map_get(places, r->content_of) + 1));
    dgm_give_number(out, r->contradicts.n);
    for (uint32_t i = 0; i < r->contradicts.n; i++)
        dgm_give_number(out, (uint32_t)(dgm_map_get(places, r->contradicts.at[i]) + 1));
}

static void give_event(const dgm_record *r, const dgm_map *places, dgm_buffer *out)
{
    const dgm_record_place nowhere = { .lat = 0 };
    const dgm_record_place *place = r->locations.n > 0 ? &r->locations.at[0] : &nowhere;
    dgm_view date = r->event_date.n ? r->event_date : r->story_date;
    const dgm_view parts[] = { r->event_id, date,           r->event_date_end, r->date_basis,
                               r->mode,     r->cameo,       r->trigger.text,   r->rule,
                               place->name, place->country, place->basis };
    for (size_t i = 0; i < DGM_LEN(parts); i++)
        dgm_give_text(out, parts[i]);
    dgm_give_text(out, r->type);
    give_name(out, dgm_polarity_name(r->polarity));
    give_name(out, dgm_factual_status_name(r->status));
    dgm_give_number(out, r->sentence);
    dgm_give_number(out, r->quad);
    dgm_give_real(out, r->goldstein);
    dgm_give_real(out, r->intensity);
    dgm_give_real(out, r->confidence);
    dgm_give_number(out, r->historical);
    dgm_give_number(out, r->voices.n > 0);
    dgm_give_number(out, dgm_record_is_plain(r));
    int64_t same = dgm_same_event(r), sides = dgm_same_sides(r);
    out->failed = out->failed || same < 0 || sides < 0;
    dgm_give_number(out, (uint64_t)same);
    dgm_give_number(out, (uint64_t)sides);
    give_roles(r, out);
    give_dyads(r, out);
    give_voices(r, out);
    give_places(r, out);
    dgm_give_number(out, r->contexts.n);
    for (uint32_t i = 0; i < r->contexts.n; i++)
        dgm_give_text(out, r->contexts.at[i]);
    give_sizes(r, out);
    give_links(r, places, out);
}

void dgm_pack_events(const dgm_record *records, uint32_t n, dgm_view lines, dgm_view text,
                     dgm_buffer *out)
{
    dgm_buffer records_packed = { 0 };
    dgm_map *places = dgm_map_new();
    dgm_records_compress(lines, text, &records_packed);
    dgm_give_bytes(out, (dgm_view) { records_packed.p, records_packed.n });
    dgm_give_number(out, n);
    for (uint32_t i = 0; i < n && places; i++)
        out->failed = dgm_map_set(places, records[i].event_id, i, NULL) != DGM_OK || out->failed;
    for (uint32_t i = 0; i < n && places; i++)
        give_event(&records[i], places, out);
    out->failed = out->failed || !places || records_packed.failed;
    dgm_buffer_done(&records_packed);
    dgm_map_free(places);
}

/* ---- the story ------------------------------------------------------------------------------ */

void dgm_pack_likeness(dgm_view text, dgm_buffer *out)
{
    dgm_signature signature = { .n_shingles = 0 };
    char bytes[DGM_SIGNATURE_BYTES];
    int64_t bands[DGM_N_BANDS];
    uint64_t quoted[DGM_MOST_QUOTED];
    out->failed = !dgm_signature_of(text, &signature) || out->failed;
    dgm_signature_write(&signature, bytes);
    dgm_signature_bands(&signature, bands);
    dgm_give_number(out, signature.n_shingles);
    dgm_give_bytes(out, (dgm_view) { bytes, sizeof bytes });
    for (size_t i = 0; i < DGM_N_BANDS; i++)
        dgm_give_number(out, (uint64_t)bands[i]);
    uint32_t n = dgm_quoted_of(text, quoted);
    dgm_give_number(out, n);
    for (uint32_t i = 0; i < n; i++)
        dgm_give_number(out, quoted[i]);
}

static void give_sentences(const dgm_document *doc, dgm_buffer *out)
{
    dgm_give_number(out, doc->sentences.n);
    for (uint32_t i = 0; i < doc->sentences.n; i++) {
        const dgm_sentence *s = &doc->sentences.at[i];
        dgm_give_number(out, s->begin);
        dgm_give_number(out, s->end);
        dgm_give_number(out, s->begin_byte);
        dgm_give_number(out, s->end_byte);
    }
}

/* One line each, as export writes them; a bad byte can only stand in a string. */
static void write_lines(const dgm_record *records, uint32_t n, dgm_buffer *out)
{
    dgm_buffer lines = { 0 };
    for (uint32_t i = 0; i < n; i++)
        dgm_write_record(&(dgm_output_options) { .format = DGM_OUTPUT_JSONL }, &records[i], &lines);
    dgm_view v = { lines.p ? lines.p : "", lines.n };
    if (dgm_utf8_invalid(v) == SIZE_MAX)
        dgm_buffer_put(out, v);
    else
        put_clean(v, out);
    out->failed = out->failed || lines.failed;
    dgm_buffer_done(&lines);
}

void dgm_store_pack(const dgm_events *events, const dgm_document *doc, dgm_buffer *out)
{
    dgm_story_hash hash = dgm_story_hash_of(doc);
    const dgm_view parts[] = { dgm_view_of(hash.text),
                               doc->id,
                               dgm_view_of(doc->date),
                               doc->title,
                               doc->source,
                               doc->url,
                               doc->text };
    dgm_buffer lines = { 0 };
    uint32_t n = 0;
    const dgm_record *records = dgm_records_of(events, doc, &n);
    dgm_buffer_put(out, magic);
    size_t begin_text = 0;
    for (size_t i = 0; i < DGM_LEN(parts); i++) {
        begin_text = out->n;
        dgm_give_text(out, parts[i]);
    }
    dgm_give_number(out, doc->begin_byte);
    dgm_pack_likeness(doc->text, out);
    give_sentences(doc, out);
    if (records)
        write_lines(records, n, &lines);
    out->failed = out->failed || !records || lines.failed || dgm_arena_failed(doc->arena);
    if (!out->failed) {
        /* As it was written above, which is as it will be stored. */
        dgm_bytes from = dgm_bytes_of((dgm_view) { out->p + begin_text, out->n - begin_text });
        dgm_pack_events(records, n, (dgm_view) { lines.p ? lines.p : "", lines.n },
                        dgm_take_text(&from), out);
    }
    dgm_buffer_done(&lines);
}

/* ---- reading -------------------------------------------------------------------------------- */

uint64_t dgm_take_number(dgm_bytes *from)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (from->p == from->end)
            break;
        unsigned char c = (unsigned char)*from->p++;
        value |= (uint64_t)(c & 0x7F) << shift;
        if (c < 0x80)
            return value;
    }
    from->failed = true;
    return 0;
}

double dgm_take_real(dgm_bytes *from)
{
    uint64_t bits = 0;
    double value;
    if ((size_t)(from->end - from->p) < sizeof bits) {
        from->failed = true;
        return 0;
    }
    for (size_t i = 0; i < sizeof bits; i++)
        bits |= (uint64_t)(unsigned char)*from->p++ << 8 * i;
    memcpy(&value, &bits, sizeof value);
    return value;
}

dgm_view dgm_take_text(dgm_bytes *from)
{
    uint64_t n = dgm_take_number(from);
    if (n > (size_t)(from->end - from->p)) {
        from->failed = true;
        return (dgm_view) { "", 0 };
    }
    dgm_view v = { from->p, (size_t)n };
    from->p += n;
    return v;
}

uint32_t dgm_take_count(dgm_bytes *from)
{
    uint64_t n = dgm_take_number(from);
    if (n <= (size_t)(from->end - from->p) && n < UINT32_MAX)
        return (uint32_t)n;
    from->failed = true;
    return 0;
}

/* A part that is read later, each of its things being so many numbers. */
static dgm_bytes pass_over(dgm_bytes *from, uint32_t n_numbers)
{
    dgm_bytes part = *from;
    for (uint32_t i = 0; i < n_numbers && !from->failed; i++)
        dgm_take_number(from);
    return part;
}

void dgm_packed_likeness(dgm_bytes *from, dgm_packed *out)
{
    out->n_shingles = (uint32_t)dgm_take_number(from);
    out->signature = dgm_take_text(from);
    for (size_t i = 0; i < DGM_N_BANDS; i++)
        out->bands[i] = (int64_t)dgm_take_number(from);
    out->n_quotations = dgm_take_count(from);
    out->quotations = pass_over(from, out->n_quotations);
}

dgm_status dgm_packed_read(dgm_view bytes, dgm_packed *out, dgm_err *err)
{
    if (!dgm_view_starts(bytes, magic))
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "a packed story is of another version, or none");
    dgm_bytes from = dgm_bytes_of(dgm_view_slice(bytes, magic.n, bytes.n));
    dgm_view *const parts[] = { &out->hash,   &out->id,  &out->date, &out->title,
                                &out->source, &out->url, &out->text };
    for (size_t i = 0; i < DGM_LEN(parts); i++)
        *parts[i] = dgm_take_text(&from);
    out->begin_byte = (uint32_t)dgm_take_number(&from);
    dgm_packed_likeness(&from, out);
    out->n_sentences = dgm_take_count(&from);
    out->sentences = pass_over(&from, out->n_sentences > UINT32_MAX / 4 ? 0 : out->n_sentences * 4);
    out->records = dgm_take_text(&from);
    out->n_events = dgm_take_count(&from);
    out->events = from;
    if (from.failed || out->hash.n != 32)
        return dgm_fail(err, DGM_EFORMAT, NULL, 0, "a packed story is cut off or damaged");
    return DGM_OK;
}

dgm_status dgm_store_packed_hash(dgm_view packed, dgm_story_hash *out, dgm_err *err)
{
    dgm_packed in = { .n_events = 0 };
    dgm_status status = dgm_packed_read(packed, &in, err);
    if (status == DGM_OK)
        snprintf(out->text, sizeof out->text, "%.*s", DGM_FMT(in.hash));
    return status;
}
