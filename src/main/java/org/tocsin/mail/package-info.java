/** Mail out, by SMTP. */
@NullMarked
package org.tocsin.mail;

import org.jspecify.annotations.NullMarked;
