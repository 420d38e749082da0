@NullMarked
package org.tocsin.config;

import org.jspecify.annotations.NullMarked;
