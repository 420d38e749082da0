@NullMarked
package org.tocsin.watch;

import org.jspecify.annotations.NullMarked;
