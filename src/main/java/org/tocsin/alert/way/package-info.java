/** The ways out: each puts a letter where it lands, so that no text becomes a command there. */
@NullMarked
package org.tocsin.alert.way;

import org.jspecify.annotations.NullMarked;
