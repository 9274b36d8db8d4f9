/** A number to be reached. What the comparison was comes with it, so that a miss can be read by itself. */
const goal = (name, measured, relation, limit, passed) => ({ name, measured, relation, limit, passed });

export const atLeast = (name, measured, limit) => goal(name, measured, 'at least', limit, measured >= limit);
export const atMost = (name, measured, limit) => goal(name, measured, 'at most', limit, measured <= limit);
export const exactly = (name, measured, limit) => goal(name, measured, 'exactly', limit, measured === limit);
