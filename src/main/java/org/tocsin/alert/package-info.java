@NullMarked
package org.tocsin.alert;

import org.jspecify.annotations.NullMarked;
