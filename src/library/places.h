/* places.h - where knowledge lies when nobody says so. */
#ifndef DGM_PLACES_H
#define DGM_PLACES_H

/* $DRAGOMAN_TABLES, the installed folder, or that of the source tree from which this was built;
 * NULL: none of them is there. */
const char *dgm_tables_dir(void);

#endif
