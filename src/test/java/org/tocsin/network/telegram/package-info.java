@NullMarked
package org.tocsin.network.telegram;

import org.jspecify.annotations.NullMarked;
