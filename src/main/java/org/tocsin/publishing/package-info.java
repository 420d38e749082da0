@NullMarked
package org.tocsin.publishing;

import org.jspecify.annotations.NullMarked;
