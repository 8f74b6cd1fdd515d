# Roles
role-citizen = Citizen
role-receptionist = Receptionist
role-specialist = Specialist
role-leader = Leader
role-post-clerk = Postal clerk
role-accountant = Accountant
role-monitor = Provincial monitor
role-administrator = Administrator
role-system = System
