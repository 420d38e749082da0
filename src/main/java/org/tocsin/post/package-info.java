@NullMarked
package org.tocsin.post;

import org.jspecify.annotations.NullMarked;
