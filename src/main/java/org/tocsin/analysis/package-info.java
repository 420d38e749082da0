@NullMarked
package org.tocsin.analysis;

import org.jspecify.annotations.NullMarked;
