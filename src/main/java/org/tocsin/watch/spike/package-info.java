/** How much is usual, and how unlikely what is seen would be then: figures only, without rows. */
@NullMarked
package org.tocsin.watch.spike;

import org.jspecify.annotations.NullMarked;
