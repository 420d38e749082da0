@NullMarked
package org.tocsin.http;

import org.jspecify.annotations.NullMarked;
