@NullMarked
package org.tocsin.media;

import org.jspecify.annotations.NullMarked;
