@NullMarked
package org.tocsin.docker;

import org.jspecify.annotations.NullMarked;
