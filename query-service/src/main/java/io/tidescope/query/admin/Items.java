package io.tidescope.query.admin;

import java.util.List;

/** A whole list as it is written. */
record Items<T>(List<T> items) {}
