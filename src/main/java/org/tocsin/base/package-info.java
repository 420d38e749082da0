@NullMarked
package org.tocsin.base;

import org.jspecify.annotations.NullMarked;
