/* dragoman.h - the public interface of libdragoman. */
#ifndef DRAGOMAN_H
#define DRAGOMAN_H

#endif
