/**
 * Pictures painted by code: the example flowers, which anybody may share, and shapes whose classes
 * are known because the code has drawn them. It may use {@code data}.
 */
package tsugiki.painting;
