@NullMarked
package org.tocsin.people;

import org.jspecify.annotations.NullMarked;
