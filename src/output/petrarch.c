/* PETRARCH2's events: TSV without header. As there, the column of the address stands only where the
 * story has one. */
#include "output/dyads.h"

#define CELL(name) static void name(const dgm_dyad *d, dgm_buffer *out)

CELL(date)
{
    dgm_put_day(d->record->event_date, out);
}

static void put_actor(const dgm_dyad *d, const dgm_record_actor *actor, dgm_buffer *out)
{
    size_t before = out->n;
    dgm_put_cameo_actor(d->codes, actor, out);
    if (out->n == before)
        dgm_buffer_put(out, DGM_VIEW("---"));
}

CELL(source)
{
    put_actor(d, d->actor, out);
}

CELL(target)
{
    put_actor(d, d->recipient, out);
}

CELL(code)
{
    char digits[5];
    dgm_buffer_put(out, dgm_cameo_digits(d->record, digits));
}

CELL(ids)
{
    dgm_buffer_printf(out, "%.*s_%u", DGM_FMT(d->record->story_id), d->record->sentence + 1);
}

CELL(url)
{
    dgm_buffer_put(out, d->record->story_url);
}

CELL(publisher)
{
    dgm_buffer_put(out, d->record->story_source);
}

static void write(const void *context, const dgm_dyad *d, dgm_buffer *out)
{
    (void)context;
    static const dgm_column with_url[] = { { "date", date },     { "source", source },
                                           { "target", target }, { "code", code },
                                           { "issues", NULL },   { "ids", ids },
                                           { "url", url },       { "StorySource", publisher } },
                            without_url[] = { { "date", date },
                                              { "source", source },
                                              { "target", target },
                                              { "code", code },
                                              { "issues", NULL },
                                              { "ids", ids },
                                              { "StorySource", publisher } };
    if (d->record->story_url.n > 0)
        dgm_write_columns(with_url, DGM_LEN(with_url), d, out);
    else
        dgm_write_columns(without_url, DGM_LEN(without_url), d, out);
}

static void write_record(const dgm_output_options *options, const dgm_record *record,
                         dgm_buffer *out)
{
    if (record->cameo.n > 0)
        dgm_each_dyad(options, record, false, write, NULL, out);
}

const dgm_output_kind dgm_kind_of_petrarch = {
    .dyadic = true, .pairs = true, .needs_cameo = true, .record = write_record
};
