@NullMarked
package org.tocsin.app;

import org.jspecify.annotations.NullMarked;
