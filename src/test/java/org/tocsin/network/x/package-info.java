@NullMarked
package org.tocsin.network.x;

import org.jspecify.annotations.NullMarked;
