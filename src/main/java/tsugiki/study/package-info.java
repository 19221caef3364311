/**
 * Studies: variants × seeds at one budget, resumable and shared by several processes, with tables,
 * intervals, paired differences and charts. What a trial trains is handed in.
 */
package tsugiki.study;
