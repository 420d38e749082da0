/** Whom alerts and notices reach, by which ways, and when. */
@NullMarked
package org.tocsin.recipient;

import org.jspecify.annotations.NullMarked;
