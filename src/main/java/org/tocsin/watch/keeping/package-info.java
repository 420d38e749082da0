/** Keeps watches, reads the log of mentions against them, and raises alerts. */
@NullMarked
package org.tocsin.watch.keeping;

import org.jspecify.annotations.NullMarked;
