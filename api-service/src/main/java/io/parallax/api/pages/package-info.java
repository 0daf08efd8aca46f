/** What people see who follow a link: plain pages, until there are better ones. */
@NullMarked
package io.parallax.api.pages;

import org.jspecify.annotations.NullMarked;
