/** Posts on a Facebook page, by the Graph API. */
@NullMarked
package org.pregonero.channels.facebook;

import org.jspecify.annotations.NullMarked;
