/** The store: repositories over SQL that SQLite and PostgreSQL share. Only this package knows a table's name. */
@NullMarked
package org.tocsin.sql;

import org.jspecify.annotations.NullMarked;
