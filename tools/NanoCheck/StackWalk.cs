using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck;

/// <summary>
/// Finds the instruction that put a value on the stack, in straight-line code. Returns null where it is not certain.
/// </summary>
internal static class StackWalk
{
    /// <summary>The instruction that produced an argument of a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="fromTop">0 for the last argument, 1 for the one before it.</param>
    public static Instruction? Argument(MethodDefinition method, Instruction call, int fromTop)
    {
        int wanted = fromTop;
        for (Instruction? at = call.Previous; at is not null; at = at.Previous)
        {
            if (at.OpCode.FlowControl is not (FlowControl.Next or FlowControl.Call or FlowControl.Meta) || IsTarget(method, at.Next))
            {
                return null;
            }

            if (at.OpCode.Code == Code.Dup)
            {
                // The value below the copy is the one that was copied.
                if (wanted == 0)
                {
                    continue;
                }

                wanted--;
                continue;
            }

            int pushed = Pushed(at);
            if (wanted < pushed)
            {
                return at;
            }

            wanted = wanted - pushed + Popped(at);
        }

        return null;
    }

    /// <summary>
    /// The static type of the value that an instruction puts on the stack, where the instruction tells it.
    /// </summary>
    public static TypeReference? TypeOf(MethodDefinition method, Instruction instruction)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Ldstr:
                return method.Module.TypeSystem.String;
            case Code.Box or Code.Castclass or Code.Isinst or Code.Ldelem_Any:
                return (TypeReference)instruction.Operand;
            case Code.Call or Code.Callvirt:
                return ((MethodReference)instruction.Operand).ReturnType;
            case Code.Newarr:
                return new ArrayType((TypeReference)instruction.Operand);
            case Code.Newobj:
                return ((MethodReference)instruction.Operand).DeclaringType;
            case Code.Ldfld or Code.Ldsfld:
                return ((FieldReference)instruction.Operand).FieldType;
            case Code.Ldloc or Code.Ldloc_S:
                return ((VariableDefinition)instruction.Operand).VariableType;
            case Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3:
                return method.Body.Variables[instruction.OpCode.Code - Code.Ldloc_0].VariableType;
            case Code.Ldarg or Code.Ldarg_S:
                return ((ParameterDefinition)instruction.Operand).ParameterType;
            case Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3:
                int index = instruction.OpCode.Code - Code.Ldarg_0 - (method.HasThis ? 1 : 0);
                return index < 0 ? method.DeclaringType : method.Parameters[index].ParameterType;
            default:
                return null;
        }
    }

    private static bool IsTarget(MethodDefinition method, Instruction? instruction)
    {
        foreach (Instruction other in method.Body.Instructions)
        {
            if (other.Operand == instruction && instruction is not null)
            {
                return true;
            }

            if (other.Operand is Instruction[] cases && System.Array.IndexOf(cases, instruction) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static int Pushed(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => instruction.Operand is MethodReference called && (called.ReturnType.MetadataType != MetadataType.Void) ? 1 : 0,
        _ => 1,
    };

    private static int Popped(Instruction instruction) => instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8
            or StackBehaviour.Popref_popi_popr4 or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
        StackBehaviour.Varpop when instruction.Operand is MethodReference called =>
            called.Parameters.Count + (called.HasThis && instruction.OpCode.Code != Code.Newobj ? 1 : 0),
        _ => 0,
    };
}
