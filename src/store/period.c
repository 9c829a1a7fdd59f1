/* Days, weeks, months and years: where they begin and what they are called. */
#include "store/period.h"

bool dgm_is_period(dgm_by by)
{
    return by == DGM_BY_DAY || by == DGM_BY_WEEK || by == DGM_BY_MONTH || by == DGM_BY_YEAR;
}

dgm_day dgm_period_begin(dgm_by period, dgm_day day)
{
    return period == DGM_BY_WEEK    ? day - dgm_day_weekday(day)
           : period == DGM_BY_MONTH ? dgm_month_begin(day)
           : period == DGM_BY_YEAR  ? dgm_day_of(dgm_day_year(day), 1, 1)
                                    : day;
}

dgm_day dgm_period_after(dgm_by period, dgm_day begin)
{
    return period == DGM_BY_DAY    ? begin + 1
           : period == DGM_BY_WEEK ? begin + 7
                                   : dgm_day_add_months(begin, period == DGM_BY_MONTH ? 1 : 12);
}

dgm_view dgm_period_name(dgm_by period, int64_t day, char out[11])
{
    const dgm_day first = dgm_day_of(DGM_MIN_YEAR, 1, 1), last = dgm_day_of(DGM_MAX_YEAR, 12, 31);
    day = DGM_MIN(DGM_MAX(day, first), last);
    dgm_day_write(dgm_period_begin(period, (dgm_day)day), out);
    uint32_t n = period == DGM_BY_YEAR ? 4 : period == DGM_BY_MONTH ? 7 : 10;
    out[n] = '\0';
    return (dgm_view) { out, n };
}
