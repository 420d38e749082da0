@NullMarked
package org.tocsin.network;

import org.jspecify.annotations.NullMarked;
