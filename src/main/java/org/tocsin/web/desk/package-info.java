/** The desk: pages for people who have signed in. */
@NullMarked
package org.tocsin.web.desk;

import org.jspecify.annotations.NullMarked;
