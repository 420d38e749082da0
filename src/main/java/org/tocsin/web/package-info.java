@NullMarked
package org.tocsin.web;

import org.jspecify.annotations.NullMarked;
