@NullMarked
package org.tocsin.camel;

import org.jspecify.annotations.NullMarked;
