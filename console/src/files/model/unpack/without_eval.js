// What the decoder of Basis would write as code and have evaluated, said as functions: our policy evaluates no text.
// build.mjs puts them in its place.

/** A function of JavaScript that calls one of C++: what goes in and what comes out is translated by its types. */
export function invokerOf({ types, isMethod, needsStack, returns, invoke, target, runDestructors, fail }) {
  const [result, self, ...parameters] = types;
  return function invoked(...given) {
    if (given.length !== parameters.length) fail(`expected ${parameters.length} arguments`);
    const stack = needsStack ? [] : null;
    const wired = given.map((value, index) => [
      parameters[index],
      parameters[index].toWireType(stack, value),
    ]);
    if (isMethod) wired.unshift([self, self.toWireType(stack, this)]);
    const answer = invoke(target, ...wired.map(([, value]) => value));
    if (stack) runDestructors(stack);
    else for (const [type, value] of wired) type.destructorFunction?.(value);
    return returns ? result.fromWireType(answer) : undefined;
  };
}

const METHOD = 0;
const CONSTRUCTOR = 1;

/** A function of C++ that calls one of JavaScript, whose arguments lie one behind the other in memory. */
export function callerOf(kind, result, types, giveBack) {
  return (object, called, destructors, memory) => {
    let place = memory;
    const values = types.map((type) => {
      const value = type.readValueFromPointer(place);
      place += type.argPackAdvance;
      return value;
    });
    let answer;
    if (kind === CONSTRUCTOR) answer = new called(...values);
    else answer = called.call(...(kind === METHOD ? [object] : []), ...values);
    return result.isVoid ? undefined : giveBack(result, destructors, answer);
  };
}
