/** What the whole process does, measured: {@code mvn -Pbench verify}. */
@NullMarked
package org.tocsin.bench;

import org.jspecify.annotations.NullMarked;
