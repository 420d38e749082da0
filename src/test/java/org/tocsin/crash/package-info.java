/** A daemon that is killed again and again, and the proof that nothing was lost or doubled. */
@NullMarked
package org.tocsin.crash;

import org.jspecify.annotations.NullMarked;
